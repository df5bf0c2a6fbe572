import type { Rest } from './rest.ts'
import { EngineRefusal } from './rest.ts'

/** One token: where it stands and in which scopes. */
export interface ActiveActivity {
  readonly activityId: string
  readonly activityType: string
}

export interface MigrationInstruction {
  readonly sourceActivityIds: readonly string[]
  readonly targetActivityIds: readonly string[]
}

export interface MigrationPlan {
  readonly sourceProcessDefinitionId: string
  readonly targetProcessDefinitionId: string
  readonly instructions: readonly MigrationInstruction[]
}

export interface EngineMigrations {
  /** How many tokens stand at each activity of one version. */
  activityCounts(definitionId: string): Promise<ReadonlyMap<string, number>>
  /** Every activity and scope in which an instance stands; empty when it has ended. */
  activitiesOf(instanceId: string): Promise<ActiveActivity[]>
  /** Pairs the activities of two versions by id; timers keep their instants. */
  migrationPlan(fromId: string, toId: string): Promise<MigrationPlan>
  /** Moves instances to the other version, all or none; `refused` when the engine finds one that cannot be moved. */
  migrate(plan: MigrationPlan, instanceIds: readonly string[]): Promise<'moved' | 'refused'>
}

interface Tree {
  readonly activityId: string
  readonly activityType: string
  readonly childActivityInstances: readonly Tree[]
  readonly childTransitionInstances?: readonly { readonly activityId: string; readonly activityType?: string }[]
}

const TIMEOUT = 60_000

export function migrations(rest: Rest): EngineMigrations {
  return {
    async activityCounts(definitionId) {
      const found = await rest<{ id: string; instances: number }[]>('GET', `/process-definition/${encodeURIComponent(definitionId)}/statistics`)
      return new Map(found.map(({ id, instances }) => [id, instances]))
    },
    async activitiesOf(instanceId) {
      const tree = await rest<Tree>('GET', `/process-instance/${encodeURIComponent(instanceId)}/activity-instances`)
        .catch((error: unknown) => {
          if (error instanceof EngineRefusal && [404, 500].includes(error.engineStatus)) return null
          throw error
        })
      return (tree?.childActivityInstances ?? []).flatMap(below)
    },
    migrationPlan: (sourceProcessDefinitionId, targetProcessDefinitionId) => rest('POST', '/migration/generate', {
      body: { sourceProcessDefinitionId, targetProcessDefinitionId, updateEventTriggers: false }
    }),
    async migrate(migrationPlan, processInstanceIds) {
      const body = { migrationPlan, processInstanceIds, skipCustomListeners: true, skipIoMappings: true }
      try {
        await rest('POST', '/migration/execute', { body, timeoutMs: TIMEOUT })
        return 'moved'
      } catch (error) {
        if (error instanceof EngineRefusal && error.engineStatus === 400) return 'refused'
        throw error
      }
    }
  }
}

function below({ activityId, activityType, childActivityInstances, childTransitionInstances = [] }: Tree): ActiveActivity[] {
  return [
    { activityId, activityType }, ...childActivityInstances.flatMap(below),
    ...childTransitionInstances.map(one => ({ activityId: one.activityId, activityType: one.activityType ?? 'transition' }))
  ]
}
