import type { Knex } from 'knex'
import { atRemitOrOpen } from './remit.ts'
import type { Remit } from './remit.ts'

/** The rungs of the ladder: 提醒, 督办, 通报, 整改. */
export const actionLevels = ['remind', 'supervise', 'circulate', 'rectify'] as const
export type ActionLevel = (typeof actionLevels)[number]
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
