import type { Knex } from 'knex'
import type { Config } from '../../core/config.ts'
import { UNHURRIED, connect } from '../../server/db/connect.ts'

/** What a command that reads or changes a whole database connects with. */
export type Place = Pick<Config, 'databaseUrl' | 'dataDir'>

/**
 * Does one work on a single connection, which is ended afterwards. Reading, dropping or counting what a province has gathered may
 * take longer than a request may, so PostgreSQL's limits are lifted.
 */
export async function withDatabase<T>({ databaseUrl, dataDir }: Place, work: (db: Knex) => Promise<T>): Promise<T> {
  const db = connect({ databaseUrl, dataDir, pool: 1, limits: UNHURRIED })
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}
