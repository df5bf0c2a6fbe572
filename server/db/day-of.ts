import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'

/** SQL for the day in Shanghai (no summer time: eight hours ahead) of a column of business milliseconds. */
export function dayOf(db: Knex, column: string): string {
  const seconds = `(${column} + 28800000) / 1000`
  return isPostgres(db) ? `to_char(to_timestamp(${seconds}) at time zone 'UTC', 'YYYY-MM-DD')` : `strftime('%Y-%m-%d', ${seconds}, 'unixepoch')`
}

/** SQL for the first business millisecond after a day that a column holds as text. */
export function afterDay(db: Knex, column: string): string {
  const days = isPostgres(db) ? `(${column}::date - date '1970-01-01')::bigint` : `cast(julianday(${column}) - 2440587.5 as integer)`
  return `((${days} + 1) * 86400000 - 28800000)`
}
