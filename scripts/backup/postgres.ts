import { spawn } from 'node:child_process'
import { withDatabase } from '../system/with-database.ts'
import type { Place } from '../system/with-database.ts'
import { Refusal } from './refusal.ts'
import type { Held, KeptAside } from './target.ts'

const ASIDE = 'before_restore'

/** Writes a database in PostgreSQL's custom format; one picture of it, though it is written meanwhile. */
export function dumpPostgres(url: string, file: string): Promise<void> {
  return run('pg_dump', url, ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`])
}

/** Whether a database has tables of ours, and whether somebody else is connected to it. */
export async function postgresHeld(url: string): Promise<Held> {
  return withDatabase(at(url), async db => {
    if ((await db('pg_namespace').where({ nspname: ASIDE })).length > 0) return 'left over'
    // The kind of a session of another account is hidden from ours; what PostgreSQL does by itself belongs to no account.
    const others = await db('pg_stat_activity').whereNotNull('usesysid')
      .whereRaw("datname = current_database() and pid <> pg_backend_pid() and coalesce(backend_type, 'client backend') = 'client backend'")
    if (others.length > 0) return 'in use'
    const tables = await db('pg_tables').where({ schemaname: 'public' }).limit(1)
    return tables.length > 0 ? 'something' : 'nothing'
  })
}

/** Brings a dump into the schema `public`; what was there waits under another name until it is known that all went well. */
export async function restorePostgres(file: string, url: string): Promise<KeptAside> {
  await withDatabase(at(url), db => db.transaction(async trx => {
    await trx.raw(`alter schema public rename to ${ASIDE}`)
    await trx.raw('create schema public')
  }))
  const kept: KeptAside = {
    putBack: () => withDatabase(at(url), db => db.transaction(async trx => {
      await trx.raw('drop schema public cascade')
      await trx.raw(`alter schema ${ASIDE} rename to public`)
    })),
    forget: () => withDatabase(at(url), db => db.raw(`drop schema ${ASIDE} cascade`))
  }
  try {
    await run('pg_restore', url, ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges', file])
  } catch (error) {
    await kept.putBack()
    throw error
  }
  return kept
}

/** The address of the engine's database as PostgreSQL's own tools read it; undefined when it is another kind. */
export function urlOfJdbc({ url, user, password }: { url: string; user: string; password: string }): string | undefined {
  if (!url.startsWith('jdbc:postgresql://')) return undefined
  const address = new URL(url.slice('jdbc:'.length))
  const sslmode = address.searchParams.get('sslmode')
  address.search = sslmode ? `sslmode=${sslmode}` : ''
  address.username ||= encodeURIComponent(user)
  address.password ||= encodeURIComponent(password)
  return address.href
}

const at = (databaseUrl: string): Place => ({ databaseUrl, dataDir: '' })

/** The password goes by the environment: arguments are seen by everybody on the machine. */
function run(command: string, url: string, args: readonly string[]): Promise<void> {
  const address = new URL(url)
  const password = decodeURIComponent(address.password)
  address.password = ''
  return new Promise((resolve, reject) => {
    const child = spawn(command, [`--dbname=${address.href}`, '--no-password', ...args], {
      env: { ...process.env, ...(password && { PGPASSWORD: password }) }, stdio: ['ignore', 'ignore', 'pipe']
    })
    let said = ''
    child.stderr.on('data', (data: Buffer) => { said = (said + data.toString()).slice(-2000) })
    child.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT'
      ? new Refusal(`没有找到 ${command}：请安装 PostgreSQL 客户端（版本不低于数据库），并让它在 PATH 中；没有改动任何数据`) : error))
    child.on('close', code => code === 0 ? resolve() : reject(new Refusal(`${command} 未能完成（${code}）：\n${said}`)))
  })
}
