import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineGateway } from '../../server/engine/gateway.ts'

type Source = Pick<EngineGateway, 'definitionsInForce' | 'processXml' | 'decisionXml'>

/**
 * Writes the models in force of a region into its folder (`processes/<region>`); answers the files that changed, by name.
 * Files of models that the engine does not have are left alone.
 */
export async function exportModels(engine: Source, region: string, folder: string): Promise<string[]> {
  const changed: string[] = []
  for (const { id, key, kind } of await engine.definitionsInForce(`${region}-`)) {
    const name = `${key.slice(region.length + 1)}.${kind === 'process' ? 'bpmn' : 'dmn'}`
    const xml = kind === 'process' ? await engine.processXml(id) : await engine.decisionXml(id)
    const before = await readFile(join(folder, name), 'utf8').catch(() => null)
    if (before === xml) continue
    await writeFile(join(folder, name), xml)
    changed.push(name)
  }
  return changed
}
