import type { BusinessClock } from '../clock.ts'
import { fromEngineDate } from './engine-dates.ts'
import type { EngineVariables } from './engine-variables.ts'
import { toEngineVariables } from './engine-variables.ts'
import type { Rest } from './rest.ts'
import { EngineRefusal } from './rest.ts'

export interface EngineInstance {
  readonly id: string
  readonly businessKey: string | null
  readonly definitionId: string
  readonly definitionKey: string
  /** Business instants, ms. */
  readonly startedAt: number
  readonly endedAt: number | null
}

export interface Page {
  readonly first: number
  readonly max: number
}

export interface EngineInstances {
  /** Starts the latest version of a process; returns the id of the instance. */
  startProcess(key: string, businessKey: string, variables: EngineVariables): Promise<string>
  /** Running and ended instances of a business key, the oldest first, always in one order; of one process when `key` is given. */
  findInstancesByBusinessKey(businessKey: string, key?: string): Promise<EngineInstance[]>
  /** Instances by id, running and ended; ids that do not exist are left out. */
  processInstances(ids: readonly string[]): Promise<EngineInstance[]>
  /** Running instances of a process, page by page. */
  runningInstances(key: string, page: Page): Promise<EngineInstance[]>
  /** Running instances of one version, by id, so that one page follows on another. */
  instancesOfVersion(definitionId: string, page: Page): Promise<EngineInstance[]>
  countOfVersion(definitionId: string): Promise<number>
  /** Ends an instance that was started by mistake. An instance that is gone already is no error. */
  deleteInstance(id: string, reason: string): Promise<void>
  /** Delivers a message to the one instance with this business key; `nobody` when none waits for it now. */
  correlateMessage(name: string, businessKey: string, variables?: EngineVariables): Promise<'delivered' | 'nobody'>
  /** Values of one code-like variable, by instance id. */
  variableOf(name: string, instanceIds: readonly string[]): Promise<Map<string, string>>
}

/** Instance ids in one address; 40 of them are some 1,500 characters. */
const CHUNK = 40
const START_TIMEOUT = 15_000
const MISMATCH = /MismatchingMessageCorrelationException|ENGINE-13031/

export function instances(rest: Rest, clock: BusinessClock): EngineInstances {
  const history = async (query: Record<string, string | number | boolean>): Promise<EngineInstance[]> =>
    (await rest<HistoricInstance[]>('GET', '/history/process-instance', { query })).map(one => toInstance(one, clock.offset))
  return {
    async startProcess(key, businessKey, variables) {
      const body = { businessKey, variables: toEngineVariables(variables, clock.offset) }
      return (await rest<{ id: string }>('POST', `/process-definition/key/${key}/start`, { body, timeoutMs: START_TIMEOUT })).id
    },
    async findInstancesByBusinessKey(businessKey, key) {
      return (await history({
        processInstanceBusinessKey: businessKey, ...(key ? { processDefinitionKey: key } : {}),
        sortBy: 'startTime', sortOrder: 'asc', maxResults: 50
      })).sort(byStart)
    },
    async processInstances(ids) {
      return (await inChunks(ids, part => history({ processInstanceIds: part.join(','), maxResults: CHUNK }))).flat()
    },
    runningInstances: (key, { first, max }) => history({
      processDefinitionKey: key, unfinished: true, withoutTenantId: true, sortBy: 'startTime', sortOrder: 'asc', firstResult: first, maxResults: max
    }),
    instancesOfVersion: (processDefinitionId, { first, max }) => history({
      processDefinitionId, unfinished: true, sortBy: 'instanceId', sortOrder: 'asc', firstResult: first, maxResults: max
    }),
    countOfVersion: async processDefinitionId =>
      (await rest<{ count: number }>('GET', '/history/process-instance/count', { query: { processDefinitionId, unfinished: true } })).count,
    async deleteInstance(id, reason) {
      await rest('DELETE', `/process-instance/${id}`, { query: { skipCustomListeners: true, deleteReason: reason, failIfNotExists: false } })
    },
    async correlateMessage(messageName, businessKey, variables = {}) {
      const body = { messageName, businessKey, processVariables: toEngineVariables(variables, clock.offset) }
      try {
        await rest('POST', '/message', { body })
        return 'delivered'
      } catch (error) {
        if (error instanceof EngineRefusal && error.engineStatus === 400 && MISMATCH.test(error.engineMessage)) return 'nobody'
        throw error
      }
    },
    async variableOf(name, instanceIds) {
      const found = await inChunks(instanceIds, part => rest<Variable[]>('GET', '/variable-instance', {
        query: { variableName: name, processInstanceIdIn: part.join(','), deserializeValues: false, maxResults: 1000 }
      }))
      return new Map(found.flat().flatMap(({ processInstanceId, value }) => (typeof value === 'string' ? [[processInstanceId, value]] : [])))
    }
  }
}

interface HistoricInstance {
  readonly id: string
  readonly businessKey: string | null
  readonly processDefinitionId: string
  readonly processDefinitionKey: string
  readonly startTime: string
  readonly endTime: string | null
}

interface Variable {
  readonly processInstanceId: string
  readonly value: unknown
}

function toInstance(one: HistoricInstance, offset: number): EngineInstance {
  return {
    id: one.id, businessKey: one.businessKey, definitionId: one.processDefinitionId, definitionKey: one.processDefinitionKey,
    startedAt: fromEngineDate(one.startTime, offset), endedAt: one.endTime === null ? null : fromEngineDate(one.endTime, offset)
  }
}

/** By id where the engine's times are equal, so that whoever ends the later of two processes ends the same one. */
function byStart(one: EngineInstance, other: EngineInstance): number {
  return one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1)
}

/** Ends the running processes of a case but the first, as `findInstancesByBusinessKey` gave them; answers the ended ids. */
export async function endDoubles(
  engine: Pick<EngineInstances, 'deleteInstance'>, instances: readonly EngineInstance[]
): Promise<string[]> {
  const doubles = instances.filter(({ endedAt }) => endedAt === null).slice(1).map(({ id }) => id)
  for (const id of doubles) await engine.deleteInstance(id, 'started twice')
  return doubles
}

/** Asks for many ids in pieces that fit into an address. */
export async function inChunks<T>(ids: readonly string[], ask: (part: readonly string[]) => Promise<T>): Promise<T[]> {
  const answers: T[] = []
  for (let start = 0; start < ids.length; start += CHUNK) answers.push(await ask(ids.slice(start, start + CHUNK)))
  return answers
}

/** Walks through all pages of a query; the set may change under it, so callers must bear a row twice or not at all. */
export async function* everyPage<T>(ask: (page: Page) => Promise<T[]>, max = 500): AsyncGenerator<T[]> {
  for (let first = 0; ; first += max) {
    const rows = await ask({ first, max })
    if (rows.length > 0) yield rows
    if (rows.length < max) return
  }
}

/**
 * Walks through rows that come in the order of their time, each page from the instant at which the one before it ended. Rows of
 * one instant have no order among themselves, so that by number one of them may stand on neither of two pages; here such a row
 * comes twice at worst.
 */
export async function* pagesByTime<T extends { readonly changedAt: number }>(
  since: number, ask: (page: Page & { readonly since: number }) => Promise<T[]>, max = 500
): AsyncGenerator<T[]> {
  let [from, first] = [since, 0]
  for (;;) {
    const rows = await ask({ since: from, first, max })
    if (rows.length > 0) yield rows
    if (rows.length < max) return
    const { changedAt } = rows.at(-1)!
    // More at one instant than a page holds: these alone are walked through by number.
    first = changedAt > from ? 0 : first + max
    from = changedAt
  }
}
