import type { ServerContext } from '../../context.ts'
import { listGroups } from '../../db/staff.ts'
import type { LintContext } from '../../lint/diagram.ts'
import { expressionsOf } from '../../lint/diagram.ts'
import { namesIn } from '../../lint/rules/steps.ts'
import type { RegionCatalogue } from '../../regions/catalogue.ts'
import { recordSteps } from '../steps/run-step.ts'

/** Topics that somebody works on: the record steps of the server and the department steps of the region. */
export function handledTopics(regions: Pick<RegionCatalogue, 'steps'>, region: string): string[] {
  return [...Object.keys(recordSteps), ...Object.keys(regions.steps(region))]
}

/** What the rules know of the world around a model of a region, as the engine has it now. */
export async function lintContext(
  { db, engine, regions }: Pick<ServerContext, 'db' | 'engine' | 'regions'>, region: string, key: string
): Promise<LintContext> {
  const inForce = await engine.definitionsInForce(`${region}-`)
  const keysOf = (kind: 'process' | 'decision'): string[] => inForce.filter(one => one.kind === kind).map(one => one.key)
  return {
    region: regions.get(region), slug: key.slice(region.length + 1), decisions: keysOf('decision'), processes: keysOf('process'),
    groups: await listGroups(db, region), topics: handledTopics(regions, region),
    variables: await variablesOf(engine, key)
  }
}

type Source = Pick<ServerContext['engine'], 'definitionVersions' | 'processXml'>

/** What each version asks for, by its id at one engine: a version never changes, so it is read once. */
const asked = new WeakMap<Source, Map<string, Promise<string[]>>>()

/**
 * Variables that some version of a process asked for, and the workers therefore give. One in force that asks for less does not
 * bar the way back to an earlier one.
 */
async function variablesOf(engine: Source, key: string): Promise<string[]> {
  const known = asked.get(engine) ?? new Map<string, Promise<string[]>>()
  asked.set(engine, known)
  const read = (id: string): Promise<string[]> => {
    const names = known.get(id) ?? engine.processXml(id).then(xml => [...new Set(expressionsOf({ xml }).flatMap(namesIn))])
    known.set(id, names)
    names.catch(() => known.delete(id))
    return names
  }
  const versions = await engine.definitionVersions('process', key)
  return [...new Set((await Promise.all(versions.map(({ id }) => read(id)))).flat())]
}
