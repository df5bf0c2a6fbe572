import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createBusinessClock } from '../../server/clock.ts'
import { deployRegion } from '../../server/engine/deploy.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { startEngine } from '../../test/support/engine.ts'
import { startStack } from '../../test/support/stack.ts'
import { PEOPLE, submitCases } from '../../test/faults/support/experiment.ts'
import { engineUrl } from '../system/plan.ts'
import { startBareCase } from './bare-case.ts'
import type { Reachable } from './bare-case.ts'
import { startBenchDatabase } from './database.ts'
import type { BenchDatabase } from './database.ts'

/** One of the systems that are compared, with a PostgreSQL of its own. */
export interface ArmParts {
  readonly engine: Reachable
  readonly database: BenchDatabase
  /** The databases that it uses. */
  readonly databases: readonly string[]
  /** Process ids of what counts, by name; workers that stand still have none. */
  pids(): Readonly<Record<string, number | undefined>>
  submit(count: number): Promise<unknown>
  startWorkers(): void
  /** No task of a later `submit` goes to them. */
  stopWorkers(): Promise<void>
  stop(): Promise<void>
}

/** A little more than the workers of a bare arm ask for. */
const LONG_POLL_MS = 21_000

/** This system, whole; its workers run. */
export async function oursArm(): Promise<ArmParts> {
  const database = await startBenchDatabase(['server', 'engine'])
  // Each case is another person's; one whom no register knows would wait for a clerk.
  const stack = await startStack({
    engine: 'operaton', database: 'postgres', postgres: database.postgres, guests: PEOPLE, env: { DEPARTMENT_DAY_MS: '1' }
  }).catch(async (error: unknown) => {
    await database.stop()
    throw error
  })
  const { children: { engine, server, workers }, options, secrets } = stack.system
  let areWorking = true
  return {
    engine: { url: engineUrl(options), authorization: `Basic ${Buffer.from(`engine:${secrets.ENGINE_PASSWORD}`).toString('base64')}` },
    database, databases: ['server', 'engine'],
    pids: () => ({ engine: engine.pid, server: server.pid, workers: areWorking ? workers.pid : undefined }),
    submit: count => submitCases(stack, count),
    startWorkers() {
      areWorking = true
      workers.startAgain()
    },
    async stopWorkers() {
      await workers.stop(12_000)
      areWorking = false
    },
    async stop() {
      await stack.stop()
      await database.stop()
    }
  }
}

/** The engine alone with the same diagrams and workers that do nothing, which run. */
export async function bareArm(kind: 'tuned' | 'defaults'): Promise<ArmParts> {
  const database = await startBenchDatabase(['engine'])
  const { postgres } = database
  const engine = await startEngine({ database: { url: postgres.jdbcUrl('engine'), user: postgres.user, password: postgres.password } })
  const gateway = createEngineGateway({ ...engine, clock: createBusinessClock({}) })
  await deployRegion(gateway, 'processes/guangxi')
  gateway.close()
  let child: ChildProcess | undefined
  let quietFrom = 0
  const startWorkers = () => {
    child = fork('scripts/bench/noop-workers.ts', [engine.url, engine.user, engine.password, kind], {
      execArgv: ['--import', 'tsx'], stdio: 'ignore'
    })
  }
  startWorkers()
  return {
    engine, database, databases: ['engine'], startWorkers,
    pids: () => ({ engine: engine.pid, workers: child?.pid }),
    async submit(count) {
      await new Promise(resolve => setTimeout(resolve, Math.max(0, quietFrom - Date.now())))
      for (let index = 0; index < count; index++) await startBareCase(engine)
    },
    async stopWorkers() {
      child?.kill('SIGKILL')
      child = undefined
      // The engine would still hand tasks to the open poll of the dead worker, and lock them for it: until then none comes.
      quietFrom = Date.now() + LONG_POLL_MS
    },
    async stop() {
      child?.kill('SIGKILL')
      await engine.stop()
      await database.stop()
    }
  }
}
