import type { Knex } from 'knex'

/** One 好差评: 1 非常满意 … 5 非常不满意. Without an item it is about the whole application. */
export interface Rating {
  id: string
  application_id: string
  item_id: string | null
  level: number
  /** JSON list of texts. */
  reasons: string
  text_enc: string | null
  created_at: number
}

export async function insertRating(db: Knex, rating: Rating): Promise<void> {
  await db('rating').insert(rating)
}

/** The rating of an item, or of the whole application when `itemId` is null (一事一评). */
export async function findRating(db: Knex, applicationId: string, itemId: string | null): Promise<Rating | null> {
  return await db<Rating>('rating').where({ application_id: applicationId, item_id: itemId }).first() ?? null
}
