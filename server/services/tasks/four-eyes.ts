import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findProposal, saveProposal } from '../../db/decision-proposals.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { changeWorkItem } from '../../db/work-items.ts'
import type { CompleteInput } from './complete-input.ts'
import { holderOf } from './desks.ts'
import { auditTask } from './task-audit.ts'
import { decisionsOf, nameOf } from './task-view.ts'
import { needsSecondPerson } from './why-here.ts'

/** Throws AppError SECOND_CLERK_REQUIRED (409) for who has proposed already, ENGINE_UNAVAILABLE (503). */
export async function refuseFirstPerson(ctx: ServerContext, actor: Actor, task: WorkItem): Promise<void> {
  const proposal = await findProposal(ctx.db, task.id)
  if (proposal?.proposed_by === holderOf(actor) && await needsSecondPerson(ctx, task)) throw new AppError('SECOND_CLERK_REQUIRED')
}

/**
 * Whether a decision counts now. Where the rule that sent the task asks for two people, the first one's waits as a proposal and
 * the task goes back to the group; another person who decides the same makes it count, one who decides otherwise proposes anew.
 * @throws AppError SECOND_CLERK_REQUIRED (409) for the one who proposed, TASK_GONE (409), ENGINE_UNAVAILABLE (503)
 */
export async function secondPersonAgrees(
  ctx: ServerContext, actor: Actor, task: WorkItem, input: CompleteInput
): Promise<boolean> {
  if (!await needsSecondPerson(ctx, task)) return true
  const holder = holderOf(actor)
  const proposal = await findProposal(ctx.db, task.id)
  // Asked again: of two decisions of one person at once, the first may have proposed by now.
  if (proposal?.proposed_by === holder) throw new AppError('SECOND_CLERK_REQUIRED')
  if (proposal?.decision === input.decision) return true
  const at = ctx.clock.now()
  await ctx.db.transaction(async trx => {
    const expected = { state: 'open', assignee: task.assignee } as const
    const patch = { assignee: null, delegated_from: null, draft_enc: null }
    if (!await changeWorkItem(trx, task.id, expected, patch, at)) throw new AppError('TASK_GONE')
    await saveProposal(trx, {
      task_id: task.id, decision: input.decision, proposed_by: holder, created_at: at,
      input_enc: ctx.crypto.encrypt('decision_proposal', 'input_enc', task.id, JSON.stringify(input))
    })
    await auditTask(trx, ctx, actor, task, {
      type: 'decision-proposed', data: { decision: input.decision, reasonCode: input.reasonCode ?? null, insteadOf: proposal?.decision ?? null }
    })
  })
  await ctx.engine.assignTask(task.id, null)
  return false
}

/** What the first of two people decided, for the second to see; null when nobody has or none is needed. */
export async function proposalOf(ctx: ServerContext, task: WorkItem) {
  const proposal = await findProposal(ctx.db, task.id)
  if (!proposal) return null
  const input = JSON.parse(ctx.crypto.decrypt('decision_proposal', 'input_enc', task.id, proposal.input_enc)) as CompleteInput
  return {
    decision: proposal.decision,
    label: decisionsOf(task).find(({ value }) => value === proposal.decision)?.label ?? proposal.decision,
    reasonCode: input.reasonCode ?? null,
    reasonText: input.reasonText ?? '',
    by: await nameOf(ctx, proposal.proposed_by),
    at: formatInstant(proposal.created_at)
  }
}
