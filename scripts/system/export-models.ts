import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineGateway } from '../../server/engine/gateway.ts'

type Source = Pick<EngineGateway, 'definitionsInForce' | 'processXml' | 'decisionXml'>

/** What became of one file. */
export interface Exported {
  readonly name: string
  /** `unreadable`: something stands there that cannot be read, so that it was left as it is. */
  readonly outcome: 'new' | 'changed' | 'equal' | 'unreadable'
}

/**
 * Writes the models in force of a region into its folder (`processes/<region>`); answers what became of each file.
 * Files of models that the engine does not have are left alone. Throws what the engine answers, and what hinders the writing.
 */
export async function exportModels(engine: Source, region: string, folder: string): Promise<Exported[]> {
  const exported: Exported[] = []
  for (const { id, key, kind } of await engine.definitionsInForce(`${region}-`)) {
    const name = `${key.slice(region.length + 1)}.${kind === 'process' ? 'bpmn' : 'dmn'}`
    const xml = kind === 'process' ? await engine.processXml(id) : await engine.decisionXml(id)
    const outcome = await compare(join(folder, name), xml)
    if (outcome === 'new' || outcome === 'changed') await writeFile(join(folder, name), xml)
    exported.push({ name, outcome })
  }
  return exported
}

async function compare(file: string, xml: string): Promise<Exported['outcome']> {
  try {
    return await readFile(file, 'utf8') === xml ? 'equal' : 'changed'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'new' : 'unreadable'
  }
}
