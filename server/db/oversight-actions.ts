import type { Knex } from 'knex'
import type { ActionLevel, ActionSource } from '../../core/supervision.ts'
import { atRemitOrOpen } from './remit.ts'
import type { Remit } from './remit.ts'

export type ActionState = 'sent' | 'acknowledged' | 'answered' | 'closed'

export interface ActionRow {
  readonly id: string
  readonly region: string
  readonly level: ActionLevel
  readonly application_id: string | null
  readonly item_id: string | null
  readonly department: string | null
  readonly division: string | null
  readonly clerk: string | null
  /** YYYY-MM-DD. */
  readonly deadline: string
  readonly text_enc: string
  readonly state: ActionState
  readonly created_by: string
  readonly created_at: number
  readonly answer_enc: string | null
  readonly answered_by: string | null
  readonly answered_at: number | null
  readonly checked_by: string | null
  readonly checked_at: number | null
  /** What gave rise to it. */
  readonly source_kind: ActionSource | null
  readonly source_id: string | null
  /** What proves the answer: words, a file, or both. */
  readonly proof_enc: string | null
  readonly proof_file_id: string | null
  readonly proof_stored_name: string | null
  readonly proof_file_name_enc: string | null
  readonly proof_media_type: string | null
  /** Why an answer was not enough. */
  readonly remark_enc: string | null
  /** 1, and one more each time that an answer was sent back. */
  readonly round: number
}

export async function insertAction(db: Knex, row: ActionRow): Promise<void> {
  await db('oversight_action').insert(row)
}

/** The action, if it lies within the remit and, being one for a single clerk, is that clerk's. */
export async function findAction(db: Knex, remit: Remit, clerk: string | null, id: string): Promise<ActionRow | null> {
  return await ownActions(db, remit, clerk).where({ id }).first() as ActionRow | undefined ?? null
}

/** Actions within a remit, the newest first, by keyset on (created_at, id). */
export function listActions(
  db: Knex, remit: Remit, clerk: string | null,
  { state, applicationId, after, limit }: {
    state?: ActionState; applicationId?: string; after: { key: number; id: string } | null; limit: number
  }
): Promise<ActionRow[]> {
  const query = ownActions(db, remit, clerk)
  if (state !== undefined) query.where({ state })
  if (applicationId !== undefined) query.where({ application_id: applicationId })
  if (after) {
    query.andWhere(earlier => earlier.where('created_at', '<', after.key)
      .orWhere(same => same.where('created_at', after.key).andWhere('id', '<', after.id)))
  }
  return query.orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id', order: 'desc' }])
    .limit(limit) as unknown as Promise<ActionRow[]>
}

/** Which of these have given rise to an action already. */
export async function findPursued(db: Knex, kind: ActionSource, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(await db('oversight_action').where({ source_kind: kind }).whereIn('source_id', [...ids]).pluck('source_id') as string[])
}

/** Actions within a remit whose day of answer is past, the oldest first. */
export function listUnanswered(db: Knex, remit: Remit, today: string, limit: number): Promise<ActionRow[]> {
  return ownActions(db, remit, null).whereIn('state', ['sent', 'acknowledged']).where('deadline', '<', today)
    .orderBy([{ column: 'deadline' }, { column: 'id' }]).limit(limit) as unknown as Promise<ActionRow[]>
}

/** Levels that were sent about an item, whatever became of them. */
export function findLevelsOfItem(db: Knex, itemId: string): Promise<ActionLevel[]> {
  return db('oversight_action').where({ item_id: itemId }).distinct().pluck('level') as unknown as Promise<ActionLevel[]>
}

/** Moves an action on from one of the given states; false = it is in none of them any more. */
export async function moveAction(
  db: Knex, id: string, from: readonly ActionState[], patch: Partial<ActionRow>
): Promise<boolean> {
  return await db('oversight_action').where({ id }).whereIn('state', from).update(patch) === 1
}

function ownActions(db: Knex, remit: Remit, clerk: string | null): Knex.QueryBuilder {
  const query = atRemitOrOpen(db('oversight_action'), remit)
  if (clerk !== null) query.andWhere(any => any.whereNull('clerk').orWhere({ clerk }))
  return query
}
