import { createWriteStream, existsSync } from 'node:fs'
import { link, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { create } from 'tar'
import type { Config } from '../../core/config.ts'
import { readDataKeys } from '../../core/data-keys.ts'
import { ENGINE_DUMP, SERVER_DUMP, databasesOf, writeManifest } from './manifest.ts'
import type { Databases, Manifest } from './manifest.ts'
import { dumpPostgres } from './postgres.ts'
import { Refusal } from './refusal.ts'
import { seal } from './sealed-file.ts'
import { dumpSqlite } from './sqlite.ts'

/** Where the server keeps what people upload; `incoming` holds only what is on its way in. */
export const UPLOADS = 'uploads'
const UNFINISHED = 'incoming'

/**
 * Throws Refusal where the engine's database is not told of, though that of the cases is PostgreSQL: an installation in earnest,
 * whose cases would come back without their processes. One on the engine's own file is for development and is told so afterwards.
 */
export function checkHoldsEngine(config: Config): void {
  const { kind, engineKind } = databasesOf(config)
  if (kind === 'sqlite' || engineKind !== 'none') return
  throw new Refusal('没有设置 ENGINE_DB_URL（jdbc:postgresql://…），备份会缺少流程引擎的数据库，恢复后在办的办件没有流程。'
    + '请设置 ENGINE_DB_URL、ENGINE_DB_USER 和 ENGINE_DB_PASSWORD；引擎的数据库确实另行备份的，加上 --without-engine。没有写备份')
}

/** Name of a backup among others in a folder. */
export function nameOfBackup(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`
}

/**
 * Writes one sealed file that holds the databases and the stored files; the system may run meanwhile. Nothing is left under the
 * name of `file` unless it is whole. Throws Refusal for what a person has to mend.
 */
export async function takeBackup(config: Config, file: string, now: Date): Promise<Manifest> {
  if (existsSync(file)) throw new Refusal(`文件 ${file} 已经存在，请换一个名字`)
  const [key] = readDataKeys(config.backupKey)!
  const databases = databasesOf(config)
  // Below the data folder, so that files can be linked instead of copied, and what is not yet sealed leaves no other disk.
  const folder = await mkdtemp(join(config.dataDir, 'backup-'))
  const partial = `${file}.partial`
  try {
    await dumpDatabases(config, databases, folder)
    // After the database: whatever a row of it names had been written before.
    const files = await linkFiles(join(config.dataDir, UPLOADS), join(folder, UPLOADS))
    const { kind: database, engineKind: engine } = databases
    const manifest: Manifest = { version: 1, takenAt: now.toISOString(), database, engine, files }
    await writeManifest(folder, manifest)
    const archive = create({ cwd: folder, portable: true }, await readdir(folder))
    const sealed = createWriteStream(partial, { mode: 0o600, flush: true })
    await pipeline(archive, content => seal(content as AsyncIterable<Buffer>, key!), sealed)
    await rename(partial, file)
    return manifest
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rm(partial, { force: true })
  }
}

/** The engine first: a step that it seems not to have done is done again and answered the same; one it forgot would be lost. */
async function dumpDatabases({ dataDir }: Config, { kind, server, engine }: Databases, folder: string): Promise<void> {
  if (engine !== undefined) await dumpPostgres(engine, join(folder, ENGINE_DUMP))
  await (kind === 'sqlite' ? dumpSqlite(dataDir, folder) : dumpPostgres(server, join(folder, SERVER_DUMP)))
}

/** Stored files are never written again, so a link keeps each as it is, also when it is erased meanwhile. */
async function linkFiles(from: string, to: string): Promise<number> {
  await mkdir(to, { mode: 0o700 })
  const entries = existsSync(from) ? await readdir(from, { withFileTypes: true }) : []
  let count = 0
  for (const { name: shelf } of entries.filter(entry => entry.isDirectory() && entry.name !== UNFINISHED)) {
    await mkdir(join(to, shelf), { mode: 0o700 })
    for (const name of await readdir(join(from, shelf))) {
      const isThere = await link(join(from, shelf, name), join(to, shelf, name)).then(() => true, unlessGone)
      if (isThere) count++
    }
  }
  return count
}

function unlessGone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false
  throw error
}
