import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { deployRegion } from '../../server/engine/deploy.ts'
import type { EngineGateway } from '../../server/engine/gateway.ts'

/** Deploys what changed in the models below `root`/processes, by region; throws AppError MODEL_REFUSED as the gate does. */
export async function deployRegions(
  engine: Pick<EngineGateway, 'deploy' | 'keysDeployedBy'>, root: string, say: (text: string) => void
): Promise<void> {
  const folder = join(root, 'processes')
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    await deployRegion(engine, join(folder, entry.name))
    say(`processes of ${entry.name} are deployed`)
  }
}
