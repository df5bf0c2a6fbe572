import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from '../../server/db/connect.ts'
import { Refusal } from './refusal.ts'
import { aside } from './target.ts'
import type { Held, KeptAside } from './target.ts'

const NAME = 'server.sqlite'

/** Writes the database of a data folder as one file, in one picture though the server writes meanwhile. */
export async function dumpSqlite(dataDir: string, folder: string): Promise<void> {
  if (!existsSync(join(dataDir, NAME))) throw new Refusal(`数据目录 ${dataDir} 中没有数据库文件 ${NAME}，没有可备份的内容`)
  const db = connect({ databaseUrl: '', dataDir })
  try {
    await db.raw('vacuum into ?', [join(folder, NAME)])
  } finally {
    await db.destroy()
  }
}

export function sqliteHeld(dataDir: string): Held {
  const file = join(dataDir, NAME)
  return existsSync(aside(file)) ? 'left over' : existsSync(file) ? 'something' : 'nothing'
}

/** Puts the file of a backup in place of the one there; refused while the server has that open. */
export async function restoreSqlite(folder: string, dataDir: string): Promise<KeptAside> {
  const file = join(dataDir, NAME)
  const wasThere = existsSync(file)
  if (wasThere) {
    await closeDown(dataDir)
    await rename(file, aside(file))
  }
  await rename(join(folder, NAME), file)
  return {
    putBack: async () => { await (wasThere ? rename(aside(file), file) : rm(file, { force: true })) },
    forget: () => rm(aside(file), { force: true })
  }
}

/** Leaving WAL needs the file for oneself and takes the log into it, so that one file is all there is. */
async function closeDown(dataDir: string): Promise<void> {
  const db = connect({ databaseUrl: '', dataDir })
  try {
    await db.raw('pragma busy_timeout = 200')
    await db.raw('pragma journal_mode = delete')
  } catch (error) {
    if (!/SQLITE_BUSY/.test(String(error))) throw error
    throw new Refusal('数据库正在使用：请先停止系统，再恢复；没有改动任何数据')
  } finally {
    await db.destroy()
  }
}
