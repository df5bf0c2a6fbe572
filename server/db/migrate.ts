import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Knex } from 'knex'

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url))

/** Our own source, as knex's would load TypeScript by `require` and keep absolute paths in its table. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(readdirSync(FOLDER).filter(file => /^\d{14}_\w+\.ts$/.test(file)).sort()),
  getMigrationName: file => file.replace(/\.ts$/, ''),
  getMigration: file => import(pathToFileURL(join(FOLDER, file)).href) as Promise<Knex.Migration>
}

/** Brings the database up to date; safe to run from several processes at once and again. Returns the names applied. */
export async function migrate(db: Knex): Promise<string[]> {
  const [, applied] = await db.migrate.latest({ migrationSource }) as [number, string[]]
  return applied
}

/** Takes every migration back; for tests of `down` and for a developer's fresh start. */
export async function rollback(db: Knex): Promise<string[]> {
  const [, undone] = await db.migrate.rollback({ migrationSource }, true) as [number, string[]]
  return undone
}
