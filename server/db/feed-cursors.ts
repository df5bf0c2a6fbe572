import type { Knex } from 'knex'

/** How far a feed has read; '' at the very beginning. */
export async function readCursor(db: Knex, name: string): Promise<string> {
  const row = await db('feed_cursor').where({ name }).first('value') as { value: string } | undefined
  return row?.value ?? ''
}

export async function writeCursor(db: Knex, name: string, value: string): Promise<void> {
  await db('feed_cursor').insert({ name, value }).onConflict('name').merge()
}
