import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findCorrection, updateCorrection } from '../../db/corrections.ts'
import { findDecisionOfTask, markDecisionUndone } from '../../db/decisions.ts'
import { cancelCompletion } from '../../db/outbox.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { changeWorkItem, findWorkItem } from '../../db/work-items.ts'
import { aggregateOf } from './complete-task.ts'
import { holderOf } from './desks.ts'
import { auditTask } from './task-audit.ts'

/**
 * Takes a decision back while the engine has not been told of it. Only who made it may.
 * @throws AppError UNDO_EXPIRED (409), FORBIDDEN for another's decision
 */
export async function undoTask(ctx: ServerContext, actor: Actor, id: string): Promise<WorkItem> {
  await ctx.db.transaction(async trx => {
    const task = await findWorkItem(trx, id)
    const decision = await findDecisionOfTask(trx, id)
    const now = ctx.clock.now()
    if (!task || !decision || now >= decision.effective_at) throw new AppError('UNDO_EXPIRED')
    if (decision.decided_by !== holderOf(actor)) throw new AppError('FORBIDDEN')
    if (!await changeWorkItem(trx, id, { state: 'decided' }, { state: 'open' }, now)) throw new AppError('UNDO_EXPIRED')
    if (!await cancelCompletion(trx, aggregateOf(task), id)) throw new AppError('UNDO_EXPIRED')
    await markDecisionUndone(trx, decision.id, now)
    if (await findCorrection(trx, decision.id)) await updateCorrection(trx, decision.id, { status: 'withdrawn' })
    await auditTask(trx, ctx, actor, task, { type: 'decision-undone', data: { decision: decision.decision } })
  })
  return (await findWorkItem(ctx.db, id))!
}
