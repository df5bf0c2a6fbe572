import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../core/config.ts'
import { readDataKeys } from '../../core/data-keys.ts'
import { repeatOutbox } from '../../server/db/outbox.ts'
import { withDatabase } from '../system/with-database.ts'
import { filesBelow, lookOver } from './look-over.ts'
import type { Found } from './look-over.ts'
import { ENGINE_DUMP, SERVER_DUMP, databasesOf, readManifest } from './manifest.ts'
import type { Databases, Manifest } from './manifest.ts'
import { postgresHeld, restorePostgres } from './postgres.ts'
import { Refusal } from './refusal.ts'
import { restoreSqlite, sqliteHeld } from './sqlite.ts'
import { UPLOADS } from './take-backup.ts'
import { aside } from './target.ts'
import type { Held, KeptAside } from './target.ts'
import { unpack } from './unpack.ts'

/** Of the machine that took the backup and the servers, at the most; ms. */
const CLOCKS_DIFFER_BY = 10_000

export interface Restored extends Found {
  readonly manifest: Manifest
}

/**
 * Brings back a backup. It is opened whole, beside the data, before anything is touched; what was there is put back when a step
 * fails. Throws Refusal for what a person has to mend.
 */
export async function restoreBackup(config: Config, file: string, mayReplace: boolean): Promise<Restored> {
  if (!existsSync(file)) throw new Refusal(`没有找到备份文件 ${file}`)
  const databases = databasesOf(config)
  await mkdir(config.dataDir, { recursive: true })
  const folder = await mkdtemp(join(config.dataDir, 'restore-'))
  try {
    await unpack(file, readDataKeys(config.backupKey)!, folder)
    const manifest = await readManifest(folder)
    checkKind(manifest, databases)
    await checkTarget(config, databases, mayReplace)
    await putInPlace(config, databases, folder, manifest)
    return { manifest, ...await lookOver(config) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function checkKind(manifest: Manifest, { kind, engineKind }: Databases): void {
  const names = { sqlite: 'SQLite（DATABASE_URL 留空）', postgresql: 'PostgreSQL（DATABASE_URL）' }
  if (manifest.database !== kind) throw new Refusal(`备份来自 ${names[manifest.database]}，当前配置是 ${names[kind]}；没有改动任何数据`)
  if (manifest.engine === engineKind) return
  throw new Refusal(engineKind === 'none' ? '备份含流程引擎的数据库，请设置 ENGINE_DB_URL（jdbc:postgresql://…）后再恢复；没有改动任何数据'
    : '备份中流程引擎的数据库与当前的 ENGINE_DB_URL 不对应（没有备份，或与办件库同库、分库的情形不同）；没有改动任何数据')
}

async function checkTarget({ dataDir }: Config, { kind, server, engine }: Databases, mayReplace: boolean): Promise<void> {
  const uploads = join(dataDir, UPLOADS)
  const held: [string, Held][] = [
    ['数据库', kind === 'sqlite' ? sqliteHeld(dataDir) : await postgresHeld(server)],
    ['流程引擎的数据库', engine === undefined ? 'nothing' : await postgresHeld(engine)],
    ['材料文件目录', existsSync(aside(uploads)) ? 'left over' : (await filesBelow(uploads)).length > 0 ? 'something' : 'nothing']
  ]
  const names = (state: Held) => held.filter(([, one]) => one === state).map(([name]) => name).join('、')
  if (names('left over')) {
    throw new Refusal(`上一次恢复中断，${names('left over')}原来的内容还留在 before-restore（PostgreSQL 为模式 before_restore）下：请先确认并移走；没有改动任何数据`)
  }
  if (names('in use')) throw new Refusal(`${names('in use')}正在使用：请先停止系统，再恢复；没有改动任何数据`)
  if (names('something') && !mayReplace) throw new Refusal(`${names('something')}不是空的；确认要以备份取代时，加上 --replace。没有改动任何数据`)
}

async function putInPlace(config: Config, databases: Databases, folder: string, manifest: Manifest): Promise<void> {
  const { dataDir } = config
  const { kind, server, engine } = databases
  const steps = [
    () => replaceFolder(join(folder, UPLOADS), join(dataDir, UPLOADS)),
    () => kind === 'sqlite' ? restoreSqlite(folder, dataDir) : restorePostgres(join(folder, SERVER_DUMP), server),
    ...(engine === undefined ? [] : [() => restorePostgres(join(folder, ENGINE_DUMP), engine)])
  ]
  const done: KeptAside[] = []
  try {
    for (const step of steps) done.push(await step())
    // Before what was there is given up: a restore that ends here has to be done again, and is found unfinished.
    if (manifest.engine === 'own') await tellEngineAgain(config, Date.parse(manifest.takenAt))
  } catch (error) {
    for (const one of done.reverse()) await one.putBack()
    throw error
  }
  for (const one of done) await one.forget()
}

/** Both databases were written out one after the other, the engine's first: what the server told it meanwhile is not in it. */
async function tellEngineAgain(config: Config, takenAt: number): Promise<void> {
  await withDatabase(config, db => repeatOutbox(db, takenAt - CLOCKS_DIFFER_BY))
}

async function replaceFolder(from: string, to: string): Promise<KeptAside> {
  const wasThere = existsSync(to)
  if (wasThere) await rename(to, aside(to))
  await rename(from, to)
  return {
    putBack: async () => {
      await rm(to, { recursive: true, force: true })
      if (wasThere) await rename(aside(to), to)
    },
    forget: () => rm(aside(to), { recursive: true, force: true })
  }
}
