import type pg from 'pg'

/** Rows that one statement inserts: few enough that something can be said meanwhile. */
const BATCH = 50_000

/**
 * Fills tables as fast as PostgreSQL can: without foreign keys being checked, and with the indexes made afterwards, from what the
 * tables' own definitions say.
 */
export async function inBulk(client: pg.Client, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  await client.query('set session_replication_role = replica')
  await client.query('set synchronous_commit = off')
  const { rows: indexes } = await client.query(`select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = any($1)
    and not exists (select 1 from pg_constraint where conname = indexname)`, [tables]) as { rows: { indexname: string; indexdef: string }[] }
  for (const { indexname } of indexes) await client.query(`drop index "${indexname}"`)
  await work()
  for (const { indexdef } of indexes) await client.query(indexdef)
  for (const table of tables) await client.query(`vacuum analyze ${table}`)
  await client.query('set session_replication_role = default')
}

/** Calls `insert` with the numbers from `from` to `to`, a batch at a time. */
export async function inBatches(
  from: number, to: number, insert: (first: number, last: number) => Promise<unknown>
): Promise<void> {
  for (let first = from; first <= to; first += BATCH) await insert(first, Math.min(to, first + BATCH - 1))
}

/** Number of rows of a table. */
export async function rowsOf(client: pg.Client, table: string): Promise<number> {
  const { rows: [row] } = await client.query(`select count(*)::int as count from ${table}`)
  return row.count
}
