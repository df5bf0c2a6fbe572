import type { Knex } from 'knex'
import { atRemitOrOpen } from './remit.ts'
import type { Remit } from './remit.ts'

export type FeedbackStatus = 'received' | 'processing' | 'answered'

/** An opinion of a citizen (信息收集渠道). Text and contact are sealed. */
export interface FeedbackRow {
  id: string
  number: string
  region: string | null
  department: string | null
  division: string | null
  status: FeedbackStatus
  content_enc: string
  mobile_last4_key: string | null
  handled_by: string | null
  reply_enc: string | null
  created_at: number
  answered_at: number | null
}

export async function insertFeedback(db: Knex, row: FeedbackRow): Promise<void> {
  await db('feedback').insert(row)
}

export async function findFeedbackByNumber(db: Knex, number: string): Promise<FeedbackRow | null> {
  return await db<FeedbackRow>('feedback').where({ number }).first() ?? null
}

/** The entry, if it lies within the remit. */
export async function findFeedback(db: Knex, remit: Remit, id: string): Promise<FeedbackRow | null> {
  return await atRemitOrOpen(db('feedback').where({ id }), remit).first() as FeedbackRow | undefined ?? null
}

/** Entries within a remit, the oldest first; `after` is the last id seen. */
export function listFeedback(
  db: Knex, remit: Remit, { status, after, limit }: { status?: string; after?: string; limit: number }
): Promise<FeedbackRow[]> {
  const query = atRemitOrOpen(db('feedback'), remit)
  if (status !== undefined) query.where({ status })
  if (after) {
    const at = db('feedback').select('created_at').where({ id: after })
    query.andWhere(later => later.where('created_at', '>', at)
      .orWhere(same => same.where('created_at', '=', at).where('id', '>', after)))
  }
  return query.orderBy([{ column: 'created_at' }, { column: 'id' }]).limit(limit) as unknown as Promise<FeedbackRow[]>
}

/** Moves an entry on from one of the given states; false = it is in none of them any more. */
export async function moveFeedback(
  db: Knex, id: string, from: readonly FeedbackStatus[], patch: Partial<FeedbackRow>
): Promise<boolean> {
  return await db('feedback').where({ id }).whereIn('status', from).update(patch) === 1
}
