import type { BusinessClock } from '../clock.ts'
import { fromEngineDate, parseEngineDate, toEngineDate } from './engine-dates.ts'
import type { EngineVariables } from './engine-variables.ts'
import { toEngineVariables } from './engine-variables.ts'
import type { Page } from './gateway-instances.ts'
import type { Rest } from './rest.ts'
import { EngineRefusal } from './rest.ts'

export interface EngineTask {
  readonly id: string
  readonly name: string
  readonly activityId: string
  readonly assignee: string | null
  readonly definitionId: string
  readonly instanceId: string
  /** Business instants, ms. */
  readonly createdAt: number
  readonly dueAt: number | null
  /** Real time (ms) of the last change, as the engine sees it: what the feed's cursor is made of. */
  readonly changedAt: number
}

export interface EndedTask {
  readonly id: string
  /** Completed by a person's decision, or taken away by the process (withdrawal, cancellation). */
  readonly isCompleted: boolean
  /** Business instant, ms. */
  readonly endedAt: number
  /** Real time (ms), for the feed's cursor. */
  readonly changedAt: number
}

export interface EngineTasks {
  getTask(id: string): Promise<EngineTask | undefined>
  /** Open tasks changed after a real instant (ms), oldest creation first. */
  tasksChangedSince(since: number, page: Page): Promise<EngineTask[]>
  /** Open tasks, page by page. */
  openTasks(page: Page): Promise<EngineTask[]>
  /** Tasks that ended at or after a real instant (ms), in the order of their end. */
  tasksEndedSince(since: number, page: Page): Promise<EndedTask[]>
  /** The end of one task; undefined while it is open or when it never existed. */
  endedTask(id: string): Promise<EndedTask | undefined>
  /** Groups that may take a task, as the engine resolved them. */
  candidateGroups(id: string): Promise<string[]>
  /** Mirrors the holder of a task, null = nobody; `gone` when the engine has no such task. */
  assignTask(id: string, userId: string | null): Promise<'done' | 'gone'>
  /** Completes a user task; `gone` when the engine has no such task (completed before, or cancelled). */
  completeTask(id: string, variables: EngineVariables): Promise<'done' | 'gone'>
}

const GONE = /[Cc]annot find task with id|task is null|No matching task/

export function tasks(rest: Rest, clock: BusinessClock): EngineTasks {
  const list = async (query: Record<string, string | number | boolean>): Promise<EngineTask[]> =>
    (await rest<RawTask[]>('GET', '/task', { query: { withoutTenantId: true, sortBy: 'created', sortOrder: 'asc', ...query } }))
      .map(task => toTask(task, clock.offset))
  const ended = async (query: Record<string, string | number | boolean>): Promise<EndedTask[]> =>
    (await rest<RawEndedTask[]>('GET', '/history/task', { query: { withoutTenantId: true, sortBy: 'endTime', sortOrder: 'asc', finished: true, ...query } }))
      .map(task => toEndedTask(task, clock.offset))
  const unlessGone = async (work: Promise<unknown>): Promise<'done' | 'gone'> => work.then(() => 'done' as const, (error: unknown) => {
    if (error instanceof EngineRefusal && GONE.test(error.engineMessage)) return 'gone'
    throw error
  })
  return {
    async getTask(id) {
      try {
        return toTask(await rest<RawTask>('GET', `/task/${id}`), clock.offset)
      } catch (error) {
        if (error instanceof EngineRefusal && error.engineStatus === 404) return undefined
        throw error
      }
    },
    tasksChangedSince: (since, { first, max }) =>
      list({ updatedAfter: toEngineDate(since, 0), firstResult: first, maxResults: max }),
    openTasks: ({ first, max }) => list({ firstResult: first, maxResults: max }),
    tasksEndedSince: (since, { first, max }) =>
      ended({ finishedAfter: toEngineDate(since, 0), firstResult: first, maxResults: max }),
    endedTask: async id => (await ended({ taskId: id, maxResults: 1 }))[0],
    async candidateGroups(id) {
      const links = await rest<{ groupId: string | null }[]>('GET', `/task/${id}/identity-links`, { query: { type: 'candidate' } })
      return links.flatMap(({ groupId }) => (groupId === null ? [] : [groupId]))
    },
    assignTask: (id, userId) => unlessGone(rest('POST', `/task/${id}/assignee`, { body: { userId } })),
    completeTask: (id, variables) =>
      unlessGone(rest('POST', `/task/${id}/complete`, { body: { variables: toEngineVariables(variables, clock.offset) } }))
  }
}

interface RawTask {
  readonly id: string
  readonly name: string | null
  readonly taskDefinitionKey: string
  readonly assignee: string | null
  readonly processDefinitionId: string
  readonly processInstanceId: string
  readonly created: string
  readonly due: string | null
  readonly lastUpdated?: string | null
}

interface RawEndedTask {
  readonly id: string
  readonly endTime: string
  readonly deleteReason: string | null
}

function toTask(task: RawTask, offset: number): EngineTask {
  return {
    id: task.id, name: task.name ?? task.taskDefinitionKey, activityId: task.taskDefinitionKey, assignee: task.assignee,
    definitionId: task.processDefinitionId, instanceId: task.processInstanceId,
    createdAt: fromEngineDate(task.created, offset), dueAt: task.due === null ? null : fromEngineDate(task.due, offset),
    changedAt: parseEngineDate(task.lastUpdated ?? task.created)
  }
}

function toEndedTask({ id, endTime, deleteReason }: RawEndedTask, offset: number): EndedTask {
  return { id, isCompleted: deleteReason === 'completed', endedAt: fromEngineDate(endTime, offset), changedAt: parseEngineDate(endTime) }
}
