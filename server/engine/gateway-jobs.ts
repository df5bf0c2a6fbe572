import type { BusinessClock } from '../clock.ts'
import { fromEngineDate, parseEngineDate, toEngineDate } from './engine-dates.ts'
import type { Page } from './gateway-instances.ts'
import type { Rest } from './rest.ts'
import { EngineRefusal } from './rest.ts'

export interface EngineIncident {
  readonly id: string
  /** failedExternalTask or failedJob. */
  readonly type: string
  readonly instanceId: string
  readonly activityId: string
  /** False for the copies that the engine hands up to calling processes. */
  readonly isOrigin: boolean
  /** Id of the external task or job that stands still. */
  readonly configuration: string | null
}

export interface FiredTimer {
  /** Id of the activity instance: the same firing never comes with another. */
  readonly id: string
  readonly activityId: string
  readonly instanceId: string
  /** Business instant, ms. */
  readonly firedAt: number
  /** Real time (ms), for the feed's cursor. */
  readonly changedAt: number
}

export interface TimerJob {
  readonly id: string
  /** Real time at which the engine fires it, ms; null when it fires at once. */
  readonly dueAt: number | null
}

/** A timer of the legal clock or of a deadline that will fire. */
export interface PendingTimer {
  readonly id: string
  readonly instanceId: string
  readonly activityId: string
  /** Business instant, ms. */
  readonly dueAt: number
}

/** An external task that waits for a worker. */
export interface WaitingTask {
  readonly topic: string
  /** Real time, ms. */
  readonly createdAt: number
}

export interface EngineJobs {
  /** What stands still and waits for a person. */
  incidents(page: Page): Promise<EngineIncident[]>
  /** Boundary timers that fired at or after a real instant (ms), in order. */
  timersFiredSince(since: number, page: Page): Promise<FiredTimer[]>
  /** Timers that have still to fire; those of the year 9999 never will. */
  openTimers(page: Page): Promise<TimerJob[]>
  /** Timers in the order in which they will fire; those that never will are left out. */
  pendingTimers(page: Page): Promise<PendingTimer[]>
  /** The timers that one boundary event of an instance has still to fire. */
  timersOf(instanceId: string, activityId: string): Promise<TimerJob[]>
  /** Sets when a timer fires: a business instant, ms. A timer that is gone already is no error. */
  setTimerDue(jobId: string, at: number): Promise<void>
  /** How many external tasks of a topic nobody has in hand. */
  countWaiting(topic: string): Promise<number>
  /** External tasks that nobody has in hand and that are still tried, the oldest first; of one topic, or of all. */
  waitingTasks(most: number, topic?: string): Promise<WaitingTask[]>
  /** Lets a failed external task or job be tried again. */
  retryIncident(incident: EngineIncident): Promise<void>
}

const RETRIES = 3
/** An optional timer is due in the year 9999. */
const HORIZON = Date.UTC(9000, 0, 1)
const NO_JOB = /[Nn]o job found with id/

export function jobs(rest: Rest, clock: BusinessClock): EngineJobs {
  const timers = async (query: Record<string, string | number | boolean>): Promise<TimerJob[]> => {
    const found = await rest<{ id: string; dueDate: string | null }[]>('GET', '/job', { query: { timers: true, ...query } })
    return found.map(({ id, dueDate }) => ({ id, dueAt: dueDate === null ? null : parseEngineDate(dueDate) }))
  }
  return {
    async incidents({ first, max }) {
      const found = await rest<RawIncident[]>('GET', '/incident', {
        query: { sortBy: 'incidentId', sortOrder: 'asc', firstResult: first, maxResults: max }
      })
      return found.map(({ id, incidentType, processInstanceId, activityId, configuration, rootCauseIncidentId }) => ({
        id, type: incidentType, instanceId: processInstanceId, activityId, configuration,
        isOrigin: rootCauseIncidentId === null || rootCauseIncidentId === id
      }))
    },
    async timersFiredSince(since, { first, max }) {
      const found = await rest<RawActivity[]>('GET', '/history/activity-instance', {
        query: {
          activityType: 'boundaryTimer', withoutTenantId: true, startedAfter: toEngineDate(since, 0),
          sortBy: 'startTime', sortOrder: 'asc', firstResult: first, maxResults: max
        }
      })
      return found.map(({ id, activityId, processInstanceId, startTime }) => ({
        id, activityId, instanceId: processInstanceId,
        firedAt: fromEngineDate(startTime, clock.offset), changedAt: parseEngineDate(startTime)
      }))
    },
    openTimers: ({ first, max }) => timers({ withoutTenantId: true, sortBy: 'jobId', sortOrder: 'asc', firstResult: first, maxResults: max }),
    timersOf: (instanceId, activityId) => timers({ processInstanceId: instanceId, activityId, maxResults: 10 }),
    pendingTimers: pendingTimers(rest, clock),
    async setTimerDue(jobId, at) {
      await rest('PUT', `/job/${jobId}/duedate`, { body: { duedate: toEngineDate(at, clock.offset) } }).catch((error: unknown) => {
        if (!(error instanceof EngineRefusal && (error.engineStatus === 404 || NO_JOB.test(error.engineMessage)))) throw error
      })
    },
    ...waiting(rest),
    async retryIncident({ type, configuration }) {
      if (configuration === null) return
      const kind = type === 'failedExternalTask' ? 'external-task' : 'job'
      await rest('PUT', `/${kind}/${configuration}/retries`, { body: { retries: RETRIES } })
    }
  }
}

/** What lies before the workers. */
function waiting(rest: Rest): Pick<EngineJobs, 'countWaiting' | 'waitingTasks'> {
  return {
    async countWaiting(topic) {
      const { count } = await rest<{ count: number }>('GET', '/external-task/count', { query: { topicName: topic, notLocked: true } })
      return count
    },
    async waitingTasks(most, topic) {
      const found = await rest<{ topicName: string; createTime: string }[]>('GET', '/external-task', {
        query: { notLocked: true, withRetriesLeft: true, topicName: topic, sortBy: 'createTime', sortOrder: 'asc', maxResults: most }
      })
      return found.map(({ topicName, createTime }) => ({ topic: topicName, createdAt: parseEngineDate(createTime) }))
    }
  }
}

function pendingTimers(rest: Rest, clock: BusinessClock): EngineJobs['pendingTimers'] {
  const activitiesOf = activitiesBy(rest)
  return async ({ first, max }) => {
    const found = await rest<RawJob[]>('GET', '/job', {
      query: {
        timers: true, withoutTenantId: true, dueDates: `lt_${toEngineDate(HORIZON, 0)}`, sortBy: 'jobDueDate', sortOrder: 'asc', firstResult: first, maxResults: max
      }
    })
    const activities = await activitiesOf(found.map(({ jobDefinitionId }) => jobDefinitionId))
    return found.flatMap(({ id, processInstanceId, jobDefinitionId, dueDate }) => dueDate === null ? [] : [{
      id, instanceId: processInstanceId, activityId: activities.get(jobDefinitionId) ?? '', dueAt: fromEngineDate(dueDate, clock.offset)
    }])
  }
}

/** Activities by job definition; a job names its definition alone, which belongs to one activity of one version for good. */
function activitiesBy(rest: Rest): (definitionIds: readonly string[]) => Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>()
  return async ids => {
    for (const id of new Set(ids)) {
      if (!known.has(id)) known.set(id, (await rest<{ activityId: string }>('GET', `/job-definition/${id}`)).activityId)
    }
    return known
  }
}

interface RawJob {
  readonly id: string
  readonly processInstanceId: string
  readonly jobDefinitionId: string
  readonly dueDate: string | null
}

interface RawIncident {
  readonly id: string
  readonly incidentType: string
  readonly processInstanceId: string
  readonly activityId: string
  readonly configuration: string | null
  readonly rootCauseIncidentId: string | null
}

interface RawActivity {
  readonly id: string
  readonly activityId: string
  readonly processInstanceId: string
  readonly startTime: string
}
