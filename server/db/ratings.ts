import type { Knex } from 'knex'
import { atRemit } from './remit.ts'
import type { Remit } from './remit.ts'

/** One 好差评: 1 非常满意 … 5 非常不满意. Without an item it is about the whole application. */
export interface Rating {
  id: string
  application_id: string
  item_id: string | null
  level: number
  /** JSON list of reason codes or texts. */
  reasons: string
  text_enc: string | null
  created_at: number
  /** Business ms since which a bad rating waits for a reply; null when it waits for none. */
  open_since: number | null
}

/** What was added to a rating: a reply of the staff, or the one further rating (追评) of the applicant. */
export interface RatingRemark {
  id: string
  rating_id: string
  kind: 'reply' | 'follow-up'
  level: number | null
  text_enc: string | null
  created_by: string
  created_at: number
}

export async function insertRating(db: Knex, rating: Rating): Promise<void> {
  await db('rating').insert(rating)
}

/** The rating of an item, or of the whole application when `itemId` is null (一事一评). */
export async function findRating(db: Knex, applicationId: string, itemId: string | null): Promise<Rating | null> {
  return await db<Rating>('rating').where({ application_id: applicationId, item_id: itemId }).first() ?? null
}

export async function findRatingById(db: Knex, id: string): Promise<Rating | null> {
  return await db<Rating>('rating').where({ id }).first() ?? null
}

export function findRatingsOf(db: Knex, applicationId: string): Promise<Rating[]> {
  return db<Rating>('rating').where({ application_id: applicationId }).orderBy([{ column: 'created_at' }, { column: 'id' }])
}

export async function setOpenSince(db: Knex, id: string, since: number | null): Promise<void> {
  await db('rating').where({ id }).update({ open_since: since })
}

export async function insertRemark(db: Knex, remark: RatingRemark): Promise<void> {
  await db('rating_remark').insert(remark)
}

/** Remarks of several ratings, the oldest first. */
export function findRemarks(db: Knex, ratingIds: readonly string[]): Promise<RatingRemark[]> {
  return db<RatingRemark>('rating_remark').whereIn('rating_id', ratingIds).orderBy('created_at')
}

/** Which page of the bad ratings: those that wait for a reply, or those replied to; `after` is the last id seen. */
export interface RatingPage {
  readonly isOpen: boolean
  readonly after?: string
  readonly limit: number
}

/** Bad ratings within a remit, the oldest first. */
export function listBadRatings(db: Knex, remit: Remit, { isOpen, after, limit }: RatingPage): Promise<Rating[]> {
  const query = db<Rating>('rating').whereExists(answerable(db, remit))
  if (isOpen) query.whereNotNull('open_since')
  else query.whereNull('open_since').whereExists(db('rating_remark').whereRaw('rating_remark.rating_id = rating.id').where({ kind: 'reply' }))
  if (after) {
    const at = db('rating').select('created_at').where({ id: after })
    query.andWhere(later => later.where('created_at', '>', at)
      .orWhere(same => same.where('created_at', '=', at).where('id', '>', after)))
  }
  return query.orderBy([{ column: 'created_at' }, { column: 'id' }]).limit(limit)
}

/** Whether somebody with this remit answers for the rating: for its item, or for any item when it is about the whole. */
export async function isAnswerable(db: Knex, remit: Remit, id: string): Promise<boolean> {
  return await db('rating').where({ id }).whereExists(answerable(db, remit)).first() !== undefined
}

function answerable(db: Knex, remit: Remit): Knex.QueryBuilder {
  const items = db('item').whereRaw('item.application_id = rating.application_id')
    .whereRaw('(rating.item_id is null or rating.item_id = item.id)')
  return atRemit(items, remit)
}
