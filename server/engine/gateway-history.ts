import type { BusinessClock } from '../clock.ts'
import { fromEngineDate, parseEngineDate, toEngineDate } from './engine-dates.ts'
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
  const deployments = new Map<string, number>()
  const deployedAt = async ({ deploymentId }: Deployed): Promise<number> => {
    const known = deployments.get(deploymentId)
    if (known !== undefined) return known
    const { deploymentTime } = await rest<{ deploymentTime: string }>('GET', `/deployment/${encodeURIComponent(deploymentId)}`)
    deployments.set(deploymentId, parseEngineDate(deploymentTime))
    return deployments.get(deploymentId)!
  }
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
      const versions = (more: object) => rest<Deployed[]>('GET', '/decision-definition', {
        query: { key, withoutTenantId: true, sortBy: 'version', sortOrder: 'desc', ...more }
      })
      const [latest] = await versions({ latestVersion: true, maxResults: 1 })
      if (latest && await deployedAt(latest) <= parseEngineDate(passed.endTime)) return latest.id
      const [next] = await versions({ deployedAfter: passed.endTime, sortOrder: 'asc', maxResults: 1 })
      const [known] = next ? await versions({ version: next.version - 1, maxResults: 1 }) : [latest]
      return known?.id
    }
  }
}

type Deployed = DefinitionVersion & { readonly deploymentId: string }

interface RawPassage {
  readonly activityId: string
  readonly activityName: string | null
  readonly processInstanceId: string
  readonly startTime: string
  readonly endTime: string | null
}
