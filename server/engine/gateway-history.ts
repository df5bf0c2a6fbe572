import type { BusinessClock } from '../clock.ts'
import { fromEngineDate, toEngineDate } from './engine-dates.ts'
import type { DefinitionVersion } from './gateway-deployments.ts'
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
  /**
   * Engine's id of the version of a decision that answered the last rule task of a process instance: the latest that was deployed
   * when the task ended, as models ask for the latest. Undefined when no rule task was passed.
   */
  decisionThatAnswered(instanceId: string, decisionKey: string): Promise<string | undefined>
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
    },
    async decisionThatAnswered(processInstanceId, key) {
      const [passed] = await rest<{ endTime: string }[]>('GET', '/history/activity-instance', {
        query: { processInstanceId, activityType: 'businessRuleTask', finished: true, sortBy: 'endTime', sortOrder: 'desc', maxResults: 1 }
      })
      if (!passed) return undefined
      const versions = (more: object) => rest<DefinitionVersion[]>('GET', '/decision-definition', {
        query: { key, withoutTenantId: true, sortBy: 'version', ...more }
      })
      const [next] = await versions({ deployedAfter: passed.endTime, sortOrder: 'asc', maxResults: 1 })
      const [known] = await versions({ ...(next ? { version: next.version - 1 } : { latestVersion: true }), sortOrder: 'desc', maxResults: 1 })
      return known?.id
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
