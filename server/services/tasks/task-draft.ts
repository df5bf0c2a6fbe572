import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { changeWorkItem } from '../../db/work-items.ts'
import { claimedBy, openTask } from './claim-task.ts'
import { holderOf } from './desks.ts'

/**
 * Keeps what the holder of a task has written so far, encrypted, until it is decided.
 * @throws AppError TASK_GONE, TASK_NOT_CLAIMED, TASK_CLAIMED (409)
 */
export async function saveTaskDraft(
  ctx: ServerContext, actor: Actor, id: string, draft: Readonly<Record<string, unknown>>
): Promise<WorkItem> {
  const holder = holderOf(actor)
  const sealed = ctx.crypto.encrypt('work_item', 'draft_enc', id, JSON.stringify(draft))
  const isSaved = await changeWorkItem(ctx.db, id, { state: 'open', assignee: holder }, { draft_enc: sealed }, ctx.clock.now())
  const task = await openTask(ctx, id)
  if (!isSaved) throw task.assignee === holder ? new AppError('TASK_GONE') : await claimedBy(ctx, task)
  return task
}

/** What was kept; null when there is nothing. */
export function readTaskDraft(
  { crypto }: Pick<ServerContext, 'crypto'>, { id, draft_enc }: Pick<WorkItem, 'id' | 'draft_enc'>
): Record<string, unknown> | null {
  return draft_enc === null ? null : JSON.parse(crypto.decrypt('work_item', 'draft_enc', id, draft_enc)) as Record<string, unknown>
}
