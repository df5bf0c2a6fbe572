import { readdirSync, readFileSync } from 'node:fs'
import type { Region } from '../../core/region.ts'
import { expressionsOf, readDiagram as read } from '../../server/lint/diagram.ts'
import type { Diagram, LintContext } from '../../server/lint/diagram.ts'
import { namesIn } from '../../server/lint/rules/steps.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { handledTopics } from '../../server/services/studio/lint-context.ts'

const root = new URL('../../', import.meta.url)
export const readFile = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const filesIn = (folder: string): string[] => readdirSync(new URL(folder, root)).sort()

export const regionsWithDiagrams = (): string[] =>
  filesIn('processes').filter(region => filesIn(`processes/${region}`).some(name => name.endsWith('.bpmn')))

/** What the rules know of a region, from its folder; the variables are those of the file itself. */
export function contextOf(region: string, slug: string): LintContext {
  const files = filesIn(`processes/${region}`)
  const ofKind = (ending: string): string[] => files.filter(name => name.endsWith(ending)).map(name => `${region}-${name.replace(ending, '')}`)
  const xml = files.includes(`${slug}.bpmn`) ? readFile(`processes/${region}/${slug}.bpmn`) : ''
  return {
    region: JSON.parse(readFile(`regions/${region}/region.json`)) as Region, slug, decisions: ofKind('.dmn'), processes: ofKind('.bpmn'),
    groups: [], topics: handledTopics(createRegionCatalogue(), region), variables: expressionsOf({ xml }).flatMap(namesIn)
  }
}

/** All diagrams of a region's folder. */
export async function readDiagrams(region: string): Promise<Diagram[]> {
  const files = filesIn(`processes/${region}`).filter(name => name.endsWith('.bpmn'))
  return Promise.all(files.map(name => readDiagram(region, name.replace('.bpmn', ''), readFile(`processes/${region}/${name}`))))
}

/** A diagram from its text, as if it lay in the region's folder under that slug. */
export const readDiagram = (region: string, slug: string, xml: string): Promise<Diagram> => read(contextOf(region, slug), xml)
