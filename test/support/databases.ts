import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { connect } from '../../server/db/connect.ts'
import { migrate } from '../../server/db/migrate.ts'
import { startPostgres } from './postgres.ts'
import type { RunningPostgres } from './postgres.ts'

export interface TestDatabase {
  readonly kind: 'sqlite' | 'postgresql'
  /** A fresh, empty database; it is removed after the suite. */
  open(): Promise<Knex>
  /** A fresh one with the schema. */
  openMigrated(): Promise<Knex>
}

let shared: Promise<RunningPostgres> | undefined
let opened = 0

// One PostgreSQL serves all suites of a run; a root hook ends it, as starting it costs a second each time.
function sharedPostgres(): Promise<RunningPostgres> {
  shared ??= startPostgres()
  return shared
}

after(async () => {
  await (await shared)?.stop()
  shared = undefined
})

/** Runs one block of tests on both databases. */
export function onBothDatabases(title: string, block: (database: TestDatabase) => void): void {
  for (const kind of ['sqlite', 'postgresql'] as const) {
    describe(`${title} on ${kind}`, () => {
      const cleanups: (() => Promise<void> | void)[] = []
      after(async () => {
        for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
      })
      const open = async (): Promise<Knex> => {
        const dataDir = mkdtempSync(join(tmpdir(), 'database-'))
        cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }))
        const databaseUrl = kind === 'sqlite' ? '' : await (await sharedPostgres()).createDatabase(`test_${process.pid}_${++opened}`)
        const db = connect({ databaseUrl, dataDir, pool: 8 })
        cleanups.push(() => db.destroy())
        return db
      }
      const openMigrated = async (): Promise<Knex> => {
        const db = await open()
        await migrate(db)
        return db
      }
      block({ kind, open, openMigrated })
    })
  }
}
