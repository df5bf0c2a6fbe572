import type { Knex } from 'knex'
import { auditRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import type { WorkItem } from '../../db/work-items.ts'

export interface TaskEvent {
  readonly type: 'task-claimed' | 'task-unclaimed' | 'task-transferred' | 'task-delegated' | 'task-reassigned' | 'task-decided' | 'decision-undone'
    | 'special-started' | 'special-ended' | 'decision-proposed' | 'opinion-asked' | 'opinion-given' | 'task-noted' | 'verdict-given' | 'personal-data-viewed'
  readonly data?: Readonly<Record<string, unknown>>
  readonly text?: string | null
}

/** Notes what somebody did with a task, in the chain of its application (of the system for a task without one). */
export async function auditTask(
  trx: Knex, { crypto, clock }: Pick<ServerContext, 'crypto' | 'clock'>, actor: Actor, task: WorkItem, event: TaskEvent
): Promise<void> {
  const application = await findApplication(trx, task.application_id)
  await appendAudit(trx, {
    chain: application?.id ?? 'system', type: event.type, actor: { role: auditRole(actor), id: actor.account ?? actor.key },
    itemId: task.item_id, data: { taskId: task.id, kind: task.kind, ...event.data }, text: event.text ?? null, at: clock.now()
  }, crypto)
}
