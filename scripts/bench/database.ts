import pg from 'pg'
import { startPostgres } from '../../test/support/postgres.ts'
import type { RunningPostgres } from '../../test/support/postgres.ts'

export interface Cost {
  readonly statements: number
  readonly walBytes: number
  readonly walRecords: number
  /** Pages that went whole into the log, as they were touched for the first time after a checkpoint. */
  readonly walPages: number
}

export interface BenchDatabase {
  readonly postgres: RunningPostgres
  /** A connection as superuser to one database; ended with the rest. */
  connect(database: string): Promise<pg.Client>
  /** What a database has cost since the start: statements (BEGIN and COMMIT too) and what went into its log. */
  cost(database: string): Promise<Cost>
  stop(): Promise<void>
}

/** As a small installation sets it; the same for every arm. */
const SETTINGS = {
  shared_preload_libraries: 'pg_stat_statements',
  shared_buffers: '1GB', random_page_cost: '1.1', max_wal_size: '8GB', checkpoint_timeout: '15min', maintenance_work_mem: '512MB',
  work_mem: '32MB', wal_compression: 'on'
}

/** A PostgreSQL of its own that counts statements. */
export async function startBenchDatabase(databases: readonly string[]): Promise<BenchDatabase> {
  const postgres = await startPostgres()
  const clients: pg.Client[] = []
  const connect = async (database: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: postgres.url(database) })
    // The stop of the server ends what is still open.
    client.on('error', () => undefined)
    await client.connect()
    clients.push(client)
    return client
  }
  const configuring = await connect('postgres')
  for (const [name, value] of Object.entries(SETTINGS)) await configuring.query(`alter system set ${name} = '${value}'`)
  await configuring.end()
  await postgres.restart()
  for (const name of databases) await postgres.createDatabase(name)
  const counting = await connect('postgres')
  await counting.query('create extension pg_stat_statements')
  return {
    postgres, connect,
    async cost(database) {
      const { rows: [row] } = await counting.query(`select coalesce(sum(calls), 0) as statements, coalesce(sum(wal_bytes), 0) as bytes,
        coalesce(sum(wal_records), 0) as records, coalesce(sum(wal_fpi), 0) as pages
        from pg_stat_statements join pg_database on pg_database.oid = dbid where datname = $1`, [database])
      return {
        statements: Number(row.statements),
        walBytes: Number(row.bytes), walRecords: Number(row.records), walPages: Number(row.pages)
      }
    },
    async stop() {
      for (const client of clients) await client.end().catch(() => undefined)
      await postgres.stop()
    }
  }
}

/** What some work cost one database, per unit. */
export async function costPer(units: number, ask: () => Promise<Cost>, work: () => Promise<unknown>): Promise<Cost> {
  const before = await ask()
  await work()
  const after = await ask()
  const each = (name: keyof Cost): number => (after[name] - before[name]) / units
  return { statements: each('statements'), walBytes: each('walBytes'), walRecords: each('walRecords'), walPages: each('walPages') }
}
