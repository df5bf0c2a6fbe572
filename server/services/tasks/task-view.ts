import { formatInstant, shanghaiDate } from '../../../core/dates.ts'
import { remainingWorkingDays } from '../../../core/legal-clock.ts'
import type { ServerContext } from '../../context.ts'
import { dueOf } from '../../db/work-item-queries.ts'
import type { WorkItem } from '../../db/work-items.ts'
import type { TaskDecision } from '../../engine/definition-cache.ts'

export interface TaskView {
  readonly id: string
  readonly applicationId: string
  readonly itemId: string | null
  readonly slug: string | null
  readonly name: string
  readonly kind: 'review' | 'pickup' | 'other'
  readonly department: string
  readonly division: string | null
  /** Account of the holder. */
  readonly assignee: string | null
  /** RFC 3339 in Asia/Shanghai. */
  readonly createdAt: string
  readonly dueAt: string | null
  /** 0 on the due day itself, negative when it is past; null without a due date. */
  readonly remainingWorkingDays: number | null
  readonly version: number
  readonly decisions: readonly TaskDecision[]
}

/** A task as the interface shows it. */
export function taskView({ calendar, clock }: Pick<ServerContext, 'calendar' | 'clock'>, task: WorkItem): TaskView {
  const dueAt = dueOf(task)
  return {
    id: task.id,
    applicationId: task.application_id,
    itemId: task.item_id,
    slug: task.slug,
    name: task.name,
    kind: task.kind === 'review' || task.kind === 'pickup' ? task.kind : 'other',
    department: task.department,
    division: task.division,
    assignee: task.assignee,
    createdAt: formatInstant(task.created_at),
    dueAt: dueAt === null ? null : formatInstant(dueAt),
    remainingWorkingDays: dueAt === null ? null : remainingWorkingDays(calendar, clock.today(), shanghaiDate(dueAt)),
    version: task.version,
    decisions: decisionsOf(task)
  }
}

export function decisionsOf({ decisions }: Pick<WorkItem, 'decisions'>): TaskDecision[] {
  return JSON.parse(decisions) as TaskDecision[]
}
