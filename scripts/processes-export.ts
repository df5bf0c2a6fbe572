import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { engineOfEnvironment } from './system/engine-of-environment.ts'
import { exportModels } from './system/export-models.ts'

/** Writes what is in force on the engine back to `processes/`, so that it becomes the seed. */
async function main(): Promise<void> {
  const { engine, root } = engineOfEnvironment()
  const folder = join(root, 'processes')
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const changed = await exportModels(engine, entry.name, join(folder, entry.name))
    for (const name of changed) console.log(`written: processes/${entry.name}/${name}`)
    if (changed.length === 0) console.log(`${entry.name}: nothing differs`)
  }
  engine.close()
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
