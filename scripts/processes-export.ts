import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { engineOfEnvironment } from './system/engine-of-environment.ts'
import { exportModels } from './system/export-models.ts'
import type { Exported } from './system/export-models.ts'

const WORDS: Readonly<Record<Exported['outcome'], string>> = {
  new: '新写入', changed: '已更新', equal: '无差别', unreadable: '读不出，未改动'
}

/** Writes what is in force on the engine back to `processes/`, so that it becomes the seed. */
async function main(): Promise<void> {
  const { engine, root } = engineOfEnvironment()
  const folder = join(root, 'processes')
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue
      const exported = await exportModels(engine, entry.name, join(folder, entry.name))
      for (const { name, outcome } of exported) console.log(`${WORDS[outcome]}：processes/${entry.name}/${name}`)
      if (exported.length === 0) console.log(`流程引擎中没有该地区的模型：${entry.name}`)
      if (exported.some(({ outcome }) => outcome === 'unreadable')) process.exitCode = 1
    }
  } finally {
    engine.close()
  }
}

main().catch((error: unknown) => {
  console.error(`导出失败：${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
