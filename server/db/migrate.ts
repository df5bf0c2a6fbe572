import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Knex } from 'knex'
import { connectUnhurried, isPostgres } from './connect.ts'

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
export async function migrate(db: Knex, source: Knex.MigrationSource<string> = migrationSource): Promise<string[]> {
  return alone(db, async own => {
    const [, applied] = await own.migrate.latest({ migrationSource: source }) as [number, string[]]
    return applied
  })
}

/** Takes every migration back; for tests of `down` and for a developer's fresh start. */
export async function rollback(db: Knex): Promise<string[]> {
  return alone(db, async own => {
    const [, undone] = await own.migrate.rollback({ migrationSource }, true) as [number, string[]]
    return undone
  })
}

/**
 * One process at a time: knex's own lock is a table, which two processes on an empty database would both make. On connections of
 * its own, one that holds the lock and one that works, as a province's tables take longer than the limits of a request allow,
 * and whoever comes second waits as long. The file of SQLite has one process.
 */
async function alone<T>(db: Knex, work: (own: Knex) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return work(db)
  const own = connectUnhurried(db, 2)
  try {
    return await own.transaction(async trx => {
      await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK])
      return work(own)
    })
  } finally {
    await own.destroy()
  }
}
