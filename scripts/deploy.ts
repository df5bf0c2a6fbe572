import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../core/config.ts'
import { createBusinessClock } from '../server/clock.ts'
import { createEngineGateway } from '../server/engine/gateway.ts'
import { deployRegions } from './system/deploy-regions.ts'

/** Deploys what has changed to the engine that ENGINE_URL (or PORT) names; `npm start` does the same. */
async function main(): Promise<void> {
  const readSecret = (name: string, dataDir: string) => readFileSync(join(dataDir, 'secrets', name), 'utf8')
  const config = readConfig(process.env, readSecret, ['ENGINE_PASSWORD'])
  const { engineUrl: url, engineUser: user, enginePassword: password } = config
  const engine = createEngineGateway({ url, user, password, clock: createBusinessClock() })
  const root = config.regionsDir || dirname(dirname(fileURLToPath(import.meta.url)))
  await deployRegions(engine, root, text => console.log(text))
  engine.close()
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
