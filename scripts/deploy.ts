import { deployRegions } from './system/deploy-regions.ts'
import { engineOfEnvironment } from './system/engine-of-environment.ts'

/** Deploys what has changed to the engine that ENGINE_URL (or PORT) names; `npm start` does the same. */
async function main(): Promise<void> {
  const { engine, root } = engineOfEnvironment()
  await deployRegions(engine, root, text => console.log(text))
  engine.close()
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
