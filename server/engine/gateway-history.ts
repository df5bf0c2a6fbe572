import type { BusinessClock } from '../clock.ts'
import { fromEngineDate, toEngineDate } from './engine-dates.ts'
import type { Page } from './gateway-instances.ts'
import type { Rest } from './rest.ts'

/** One passage of a token through an element of a diagram. */
export interface Passage {
  readonly activityId: string
  readonly name: string | null
  readonly instanceId: string
  /** Business instants, ms; no end while the token is there. */
  readonly startedAt: number
  readonly endedAt: number | null
}

export interface EngineHistory {
  /** What tokens passed through in one version of a process since a real instant (ms), the last first. */
  passages(definitionId: string, since: number, page: Page): Promise<Passage[]>
}

export function history(rest: Rest, clock: BusinessClock): EngineHistory {
  return {
    async passages(definitionId, since, { first, max }) {
      const found = await rest<RawPassage[]>('GET', '/history/activity-instance', {
        query: {
          processDefinitionId: definitionId, startedAfter: toEngineDate(since, 0),
          sortBy: 'startTime', sortOrder: 'desc', firstResult: first, maxResults: max
        }
      })
      return found.map(({ activityId, activityName, processInstanceId, startTime, endTime }) => ({
        activityId, name: activityName, instanceId: processInstanceId,
        startedAt: fromEngineDate(startTime, clock.offset),
        endedAt: endTime === null ? null : fromEngineDate(endTime, clock.offset)
      }))
    }
  }
}

interface RawPassage {
  readonly activityId: string
  readonly activityName: string | null
  readonly processInstanceId: string
  readonly startTime: string
  readonly endTime: string | null
}
