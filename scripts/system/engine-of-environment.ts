import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../core/config.ts'
import { createBusinessClock } from '../../server/clock.ts'
import type { EngineGateway } from '../../server/engine/gateway.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { readSecret } from './secrets.ts'

/** The engine that ENGINE_URL (or PORT) names, and the folder whose `processes/` belong to it. */
export function engineOfEnvironment(): { readonly engine: EngineGateway; readonly root: string } {
  const config = readConfig(process.env, readSecret, ['ENGINE_PASSWORD'])
  const { engineUrl: url, engineUser: user, enginePassword: password } = config
  return {
    engine: createEngineGateway({ url, user, password, clock: createBusinessClock() }),
    root: config.regionsDir || dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  }
}
