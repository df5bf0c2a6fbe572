import { randomUUID } from 'node:crypto'
import type { BusinessClock } from '../clock.ts'
import { parseEngineDate } from './engine-dates.ts'
import type { EngineVariables } from './engine-variables.ts'
import { toEngineVariables, typedResults } from './engine-variables.ts'
import { multipart } from './gateway-deployments.ts'
import type { DeploymentFile } from './gateway-deployments.ts'
import type { Rest } from './rest.ts'

/** A step of a rehearsal that waits for its answer. */
export interface ScratchStep {
  readonly id: string
  readonly topic: string
  readonly activityId: string
  readonly instanceId: string
  /** Texts that the diagram hands to the step, by name. */
  readonly inputs: Readonly<Record<string, string>>
}

export interface ScratchInstance {
  readonly id: string
  readonly businessKey: string
  readonly definitionKey: string
  readonly definitionId: string
}

export interface ScratchTask {
  readonly id: string
  readonly activityId: string
  readonly instanceId: string
}

/** One passage through an element, in the order in which the engine counts. */
export interface ScratchPassage {
  readonly instanceId: string
  readonly activityId: string
  readonly activityType: string
  readonly isOpen: boolean
}

/**
 * The rehearsals of drafts. Each has a tenant of its own, which no feed and no question of ours looks into, and topics that no
 * worker fetches, so that nothing of it meets a case of somebody's.
 */
export interface EngineScratch {
  /** Deploys models for one tenant alone; gives the deployment's id. */
  deployScratch(tenant: string, files: readonly DeploymentFile[]): Promise<string>
  /** Ids of rehearsals' deployments older than a real instant (ms): what a server left behind that was killed in between. */
  scratchLeftBefore(instant: number): Promise<string[]>
  /** Id of a tenant's version of a process. */
  scratchDefinition(tenant: string, key: string): Promise<string>
  startScratch(tenant: string, key: string, businessKey: string, variables: EngineVariables): Promise<string>
  /** Instances of a tenant that run. */
  scratchInstances(tenant: string): Promise<ScratchInstance[]>
  /** Fetches what waits under the topics, each at most once a minute. */
  scratchSteps(tenant: string, topics: readonly string[]): Promise<ScratchStep[]>
  /** Answers as the server (`variables`) and as a department would (`results`); EngineRefusal when the process cannot go on. */
  answerScratch(stepId: string, variables: EngineVariables, results?: Readonly<Record<string, string | boolean>>): Promise<void>
  scratchTasks(tenant: string): Promise<ScratchTask[]>
  tellScratch(tenant: string, message: string, businessKey: string): Promise<void>
  /** Fires a timer at once. */
  fireTimer(jobId: string): Promise<void>
  /** Everything that instances of one version passed through. */
  scratchPassages(definitionId: string): Promise<ScratchPassage[]>
}

/** Deployments of rehearsals and of tables that are tried out. */
export const SCRATCH_SOURCE = 'yijianshi-scratch'

const WORKER = 'rehearsal'
const LOCK = 60_000
/** The engine gives no more at once. */
const MOST = 1_000
const TIMEOUT = 60_000

export function scratch(rest: Rest, clock: BusinessClock): EngineScratch {
  const typed = (variables: EngineVariables) => toEngineVariables(variables, clock.offset)
  return {
    async deployScratch(tenant, files) {
      const payload = multipart([['deployment-name', tenant], ['deployment-source', SCRATCH_SOURCE], ['tenant-id', tenant]], files)
      return (await rest<{ id: string }>('POST', '/deployment/create', { payload, timeoutMs: TIMEOUT })).id
    },
    async scratchLeftBefore(instant) {
      const found = await rest<{ id: string; deploymentTime: string }[]>('GET', '/deployment', { query: { source: SCRATCH_SOURCE, maxResults: 50 } })
      return found.filter(({ deploymentTime }) => parseEngineDate(deploymentTime) < instant).map(({ id }) => id)
    },
    scratchDefinition: async (tenant, key) => (await rest<{ id: string }>('GET', `/process-definition/key/${key}/tenant-id/${tenant}`)).id,
    async startScratch(tenant, key, businessKey, variables) {
      const path = `/process-definition/key/${key}/tenant-id/${tenant}/start`
      return (await rest<{ id: string }>('POST', path, { body: { businessKey, variables: typed(variables) }, timeoutMs: TIMEOUT })).id
    },
    async scratchInstances(tenant) {
      const query = { tenantIdIn: tenant, unfinished: true, maxResults: MOST }
      const found = await rest<RawInstance[]>('GET', '/history/process-instance', { query })
      return found.map(({ id, businessKey, processDefinitionKey, processDefinitionId }) =>
        ({ id, businessKey: businessKey ?? '', definitionKey: processDefinitionKey, definitionId: processDefinitionId }))
    },
    scratchSteps: (tenant, topics) => stepsOf(rest, tenant, topics),
    async answerScratch(id, variables, results = {}) {
      const body = { workerId: WORKER, variables: { ...typed(variables), ...typedResults(results) } }
      await rest('POST', `/external-task/${id}/complete`, { body, timeoutMs: TIMEOUT })
    },
    async scratchTasks(tenant) {
      const found = await rest<RawTask[]>('GET', '/task', { query: { tenantIdIn: tenant, maxResults: MOST } })
      return found.map(({ id, taskDefinitionKey: activityId, processInstanceId: instanceId }) => ({ id, activityId, instanceId }))
    },
    async tellScratch(tenantId, messageName, businessKey) {
      await rest('POST', '/message', { body: { messageName, businessKey, tenantId } })
    },
    async fireTimer(jobId) {
      await rest('POST', `/job/${jobId}/execute`, { timeoutMs: TIMEOUT })
    },
    scratchPassages: definitionId => passagesOf(rest, definitionId)
  }
}

/** Name under which a topic waits in a rehearsal. */
export const scratchTopic = (topic: string): string => `rehearsal.${topic}`

export const newTenant = (): string => `rehearsal-${randomUUID()}`

async function stepsOf(rest: Rest, tenant: string, topics: readonly string[]): Promise<ScratchStep[]> {
  const wanted = topics.map(topicName => ({ topicName, lockDuration: LOCK, tenantIdIn: [tenant] }))
  const found = await rest<RawStep[]>('POST', '/external-task/fetchAndLock', { body: { workerId: WORKER, maxTasks: 100, topics: wanted } })
  return found.map(({ id, topicName, activityId, processInstanceId, variables }) => ({
    id, topic: topicName, activityId, instanceId: processInstanceId,
    inputs: Object.fromEntries(Object.entries(variables).flatMap(([name, { value }]) => (typeof value === 'string' ? [[name, value]] : [])))
  }))
}

async function passagesOf(rest: Rest, processDefinitionId: string): Promise<ScratchPassage[]> {
  const all: ScratchPassage[] = []
  for (let firstResult = 0; ; firstResult += MOST) {
    const found = await rest<RawPassage[]>('GET', '/history/activity-instance', {
      query: { processDefinitionId, sortBy: 'occurrence', sortOrder: 'asc', firstResult, maxResults: MOST }, timeoutMs: TIMEOUT
    })
    all.push(...found.map(({ processInstanceId, activityId, activityType, endTime }) =>
      ({ instanceId: processInstanceId, activityId, activityType, isOpen: endTime === null })))
    if (found.length < MOST) return all
  }
}

interface RawInstance {
  readonly id: string
  readonly businessKey: string | null
  readonly processDefinitionKey: string
  readonly processDefinitionId: string
}

interface RawStep {
  readonly id: string
  readonly topicName: string
  readonly activityId: string
  readonly processInstanceId: string
  readonly variables: Readonly<Record<string, { readonly value: unknown }>>
}

interface RawTask {
  readonly id: string
  readonly taskDefinitionKey: string
  readonly processInstanceId: string
}

interface RawPassage {
  readonly processInstanceId: string
  readonly activityId: string
  readonly activityType: string
  readonly endTime: string | null
}
