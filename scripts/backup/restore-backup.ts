import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import type { Config } from '../../core/config.ts'
import { readDataKeys } from '../../core/data-keys.ts'
import { verifyChain } from '../../server/db/audit.ts'
import { connect } from '../../server/db/connect.ts'
import { repeatOutbox } from '../../server/db/outbox.ts'
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

export interface Restored {
  readonly manifest: Manifest
  readonly cases: number
  readonly chains: number
  /** Chains that do not fit. */
  readonly broken: readonly string[]
  readonly files: number
  /** Files that a row of the database names and that are not there. */
  readonly missing: readonly string[]
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
    await putInPlace(config, databases, folder)
    if (manifest.engine === 'own') await tellEngineAgain(config, Date.parse(manifest.takenAt))
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

async function putInPlace({ dataDir }: Config, { kind, server, engine }: Databases, folder: string): Promise<void> {
  const steps = [
    () => replaceFolder(join(folder, UPLOADS), join(dataDir, UPLOADS)),
    () => kind === 'sqlite' ? restoreSqlite(folder, dataDir) : restorePostgres(join(folder, SERVER_DUMP), server),
    ...(engine === undefined ? [] : [() => restorePostgres(join(folder, ENGINE_DUMP), engine)])
  ]
  const done: KeptAside[] = []
  try {
    for (const step of steps) done.push(await step())
  } catch (error) {
    for (const one of done.reverse()) await one.putBack()
    throw error
  }
  for (const one of done) await one.forget()
}

/** Both databases were written out one after the other, the engine's first: what the server told it meanwhile is not in it. */
async function tellEngineAgain({ databaseUrl, dataDir }: Config, takenAt: number): Promise<void> {
  const db = connect({ databaseUrl, dataDir, pool: 1 })
  try {
    await repeatOutbox(db, takenAt - CLOCKS_DIFFER_BY)
  } finally {
    await db.destroy()
  }
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

/** Counts what is there now, and verifies every chain. */
async function lookOver({ databaseUrl, dataDir }: Config): Promise<Omit<Restored, 'manifest'>> {
  const db = connect({ databaseUrl, dataDir, pool: 1 })
  try {
    const chains = await chainsOf(db)
    const broken: string[] = []
    for (const chain of chains) if (!(await verifyChain(db, chain)).isIntact) broken.push(chain)
    const stored = await filesBelow(join(dataDir, UPLOADS))
    const there = new Set(stored)
    const missing = (await namedFiles(db)).filter(name => !there.has(name))
    const [row] = await db('application').count({ count: '*' })
    return { cases: Number(row!.count), chains: chains.length, broken, files: stored.length, missing }
  } finally {
    await db.destroy()
  }
}

/** Chains that have an event, and those that a case says it has. */
async function chainsOf(db: Knex): Promise<string[]> {
  const named = db('application').whereNotNull('audit_head').select({ chain: 'id' })
  return (await db('audit_event').distinct('chain').union(named) as { chain: string }[]).map(({ chain }) => chain)
}

/** Stored names of the files that rows tell of. */
async function namedFiles(db: Knex): Promise<string[]> {
  const proofs = db('oversight_action').whereNotNull('proof_stored_name').select({ name: 'proof_stored_name' })
  return (await db('material').select({ name: 'stored_name' }).unionAll(proofs) as { name: string }[]).map(({ name }) => name)
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(({ name }) => name)
}
