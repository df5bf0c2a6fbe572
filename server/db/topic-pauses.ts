import type { Knex } from 'knex'

/** A topic whose tasks workers leave alone until somebody lets it go on. */
export interface TopicPause {
  readonly topic: string
  /** Null for a topic that all regions share. */
  readonly region: string | null
  readonly reason_enc: string
  readonly paused_by: string
  /** Business instant, ms. */
  readonly paused_at: number
}

export function listPauses(db: Knex): Promise<TopicPause[]> {
  return db<TopicPause>('topic_pause').orderBy('topic')
}

/** False = it is paused already. */
export async function insertPause(db: Knex, pause: TopicPause): Promise<boolean> {
  const added = await db('topic_pause').insert(pause).onConflict('topic').ignore().returning('topic') as unknown[]
  return added.length === 1
}

/** False = it is not paused. */
export async function deletePause(db: Knex, topic: string): Promise<boolean> {
  return await db('topic_pause').where({ topic }).delete() === 1
}
