import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'

/** A clerk's decision on a task. Instants are milliseconds UTC on the business clock. */
export interface Decision {
  readonly id: string
  readonly task_id: string
  readonly item_id: string | null
  readonly application_id: string
  readonly decision: string
  readonly reason_code: string | null
  readonly reason_text_enc: string | null
  readonly values_enc: string | null
  readonly decided_by: string
  /** From this instant on it cannot be undone. */
  readonly effective_at: number
  readonly created_at: number
  readonly undone_at: number | null
  /** When the engine had taken it. */
  readonly sent_at: number | null
}

export type NewDecision = Omit<Decision, 'id' | 'undone_at' | 'sent_at' | 'reason_text_enc' | 'values_enc'> & {
  /** Seals a text for a column of the new row. */
  readonly seal: (column: string, rowId: string, plain: string) => string
  readonly reasonText: string | null
  readonly values: Readonly<Record<string, unknown>> | null
}

/** Stores a decision; one that was undone on the same task makes room for it (the audit trail keeps both). */
export async function insertDecision(
  db: Knex, { seal, reasonText, values, ...decision }: NewDecision
): Promise<string> {
  const id = randomUUID()
  await db('decision').where({ task_id: decision.task_id }).whereNotNull('undone_at').delete()
  await db('decision').insert({
    ...decision, id,
    reason_text_enc: reasonText === null ? null : seal('reason_text_enc', id, reasonText),
    values_enc: values === null ? null : seal('values_enc', id, JSON.stringify(values))
  })
  return id
}

export async function findDecisionOfTask(db: Knex, taskId: string): Promise<Decision | null> {
  return await db<Decision>('decision').where({ task_id: taskId }).whereNull('undone_at').first() ?? null
}

/** The latest decision that took effect on an item or one of its rows. */
export async function findLatestDecision(
  db: Knex, { itemId, rowId }: { itemId: string; rowId: string | null }
): Promise<Decision | null> {
  return await db<Decision>('decision').join('work_item', 'work_item.id', 'decision.task_id')
    .where({ 'decision.item_id': itemId, 'work_item.row_id': rowId }).whereNull('decision.undone_at')
    .orderBy([{ column: 'decision.created_at', order: 'desc' }, { column: 'decision.id' }]).first('decision.*') ?? null
}

export async function markDecisionUndone(db: Knex, id: string, at: number): Promise<void> {
  await db('decision').where({ id }).update({ undone_at: at })
}

export async function markDecisionSent(db: Knex, taskId: string, at: number): Promise<void> {
  await db('decision').where({ task_id: taskId, sent_at: null }).whereNull('undone_at').update({ sent_at: at })
}
