import { createLru } from './decisions.ts'
import type { EngineGateway } from './gateway.ts'

/** What never changes about a process instance. */
export interface InstanceFacts {
  readonly businessKey: string | null
  readonly definitionKey: string
}

/** Facts of instances by id, each asked for once. */
export type InstanceCache = (ids: readonly string[]) => Promise<Map<string, InstanceFacts>>

/** Makes a cache over an engine that keeps the facts of the last `size` instances. */
export function createInstanceCache(engine: Pick<EngineGateway, 'processInstances'>, size = 50_000): InstanceCache {
  const known = createLru<InstanceFacts>(size)
  return async ids => {
    const wanted = [...new Set(ids)]
    const found = new Map(wanted.flatMap((id): [string, InstanceFacts][] => {
      const facts = known.get(id)
      return facts ? [[id, facts]] : []
    }))
    for (const { id, businessKey, definitionKey } of await engine.processInstances(wanted.filter(id => !found.has(id)))) {
      known.set(id, { businessKey, definitionKey })
      found.set(id, { businessKey, definitionKey })
    }
    return found
  }
}
