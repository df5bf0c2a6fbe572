import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url))

/** Our own source, as knex's would load TypeScript by `require` and keep absolute paths in its table. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(readdirSync(FOLDER).filter(file => /^\d{14}_\w+\.ts$/.test(file)).sort()),
  getMigrationName: file => file.replace(/\.ts$/, ''),
  getMigration: file => import(pathToFileURL(join(FOLDER, file)).href) as Promise<Knex.Migration>
}

/** Key of the advisory lock; any constant of our own will do. */
const MIGRATION_LOCK = 730_501_004

/** Brings the database up to date; safe to run from several processes at once and again. Returns the names applied. */
export async function migrate(db: Knex): Promise<string[]> {
  return alone(db, async () => {
    const [, applied] = await db.migrate.latest({ migrationSource }) as [number, string[]]
    return applied
  })
}

/** knex's own lock is a table, which two processes on an empty database would both make. The file of SQLite has one process. */
function alone<T>(db: Knex, work: () => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return work()
  return db.transaction(async trx => {
    await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK])
    return work()
  })
}

/** Takes every migration back; for tests of `down` and for a developer's fresh start. */
export async function rollback(db: Knex): Promise<string[]> {
  const [, undone] = await db.migrate.rollback({ migrationSource }, true) as [number, string[]]
  return undone
}
