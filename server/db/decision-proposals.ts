import type { Knex } from 'knex'

/** The first of two decisions on a task; the second person agrees by deciding the same. */
export interface DecisionProposal {
  readonly task_id: string
  readonly decision: string
  readonly input_enc: string
  readonly proposed_by: string
  readonly created_at: number
}

/** Keeps a proposal; an earlier one of the same task makes room for it (the audit trail keeps both). */
export async function saveProposal(db: Knex, proposal: DecisionProposal): Promise<void> {
  await db('decision_proposal').insert(proposal).onConflict('task_id').merge()
}

export async function findProposal(db: Knex, taskId: string): Promise<DecisionProposal | null> {
  return await db<DecisionProposal>('decision_proposal').where({ task_id: taskId }).first() ?? null
}

/** Which of these tasks somebody has already decided as the first of two. */
export async function proposedBy(db: Knex, taskIds: readonly string[], account: string): Promise<Set<string>> {
  return new Set(await db<DecisionProposal>('decision_proposal').whereIn('task_id', [...taskIds]).where({ proposed_by: account }).pluck('task_id'))
}
