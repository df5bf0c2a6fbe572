import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'

/** SQL for the day in Shanghai (no summer time: eight hours ahead) of a column of business milliseconds. */
export function dayOf(db: Knex, column: string): string {
  const seconds = `(${column} + 28800000) / 1000`
  return isPostgres(db) ? `to_char(to_timestamp(${seconds}) at time zone 'UTC', 'YYYY-MM-DD')` : `strftime('%Y-%m-%d', ${seconds}, 'unixepoch')`
}
