import type { Log } from '../../core/log.ts'
import type { BusinessClock } from '../clock.ts'
import type { EngineDeployments } from './gateway-deployments.ts'
import { deployments } from './gateway-deployments.ts'
import type { EngineHistory } from './gateway-history.ts'
import { history } from './gateway-history.ts'
import type { EngineInstances } from './gateway-instances.ts'
import { instances } from './gateway-instances.ts'
import type { EngineJobs } from './gateway-jobs.ts'
import { jobs } from './gateway-jobs.ts'
import type { EngineMigrations } from './gateway-migrations.ts'
import { migrations } from './gateway-migrations.ts'
import type { EngineScratch } from './gateway-scratch.ts'
import { scratch } from './gateway-scratch.ts'
import type { EngineTasks } from './gateway-tasks.ts'
import { tasks } from './gateway-tasks.ts'
import { createRest } from './rest.ts'

export interface EngineGatewayOptions {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly clock: BusinessClock
  readonly log?: Log
  /** Time for one answer, milliseconds (10 s when left out). */
  readonly timeoutMs?: number
}

/**
 * The only door to the engine: one typed function per use. Nothing that a client sent goes through it as it came,
 * queries are GET with a bound, every instant is business time on our side and real time on the engine's.
 * All reject with RetryableError ENGINE_UNAVAILABLE (down, silent, wrong credentials) or EngineRefusal.
 */
export interface EngineGateway
  extends EngineDeployments, EngineInstances, EngineTasks, EngineJobs, EngineHistory, EngineMigrations, EngineScratch {
  /** Version of the engine, e.g. 1.0.3; doubles as the sign of life. */
  version(): Promise<string>
  /** Ends the connections that are kept alive. */
  close(): void
}

export function createEngineGateway({ clock, ...options }: EngineGatewayOptions): EngineGateway {
  const rest = createRest(options)
  return {
    ...deployments(rest),
    ...instances(rest, clock),
    ...tasks(rest, clock),
    ...jobs(rest, clock),
    ...history(rest, clock),
    ...migrations(rest),
    ...scratch(rest, clock),
    version: async () => (await rest<{ version: string }>('GET', '/version')).version,
    close: () => rest.close()
  }
}
