import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '../../scripts/client.ts'
import type { System } from '../../scripts/system/system.ts'
import { startSystem } from '../../scripts/system/system.ts'
import type { TestPerson } from './people.ts'
import { makePeople, writePeople } from './people.ts'
import { freePortRange } from './ports.ts'
import type { RunningPostgres } from './postgres.ts'
import { startPostgres } from './postgres.ts'
import { signingIn } from './signing-in.ts'
import { until } from './until.ts'

export interface StackOptions {
  readonly engine: 'operaton' | 'camunda'
  readonly database: 'postgres' | 'embedded'
  readonly people?: number
  /** Further people with accounts of their own. */
  readonly guests?: readonly TestPerson[]
  readonly env?: NodeJS.ProcessEnv
  readonly workersEngineUrl?: string
  readonly port?: number
  /** Gives the port by which server and engine reach PostgreSQL, when a test puts a proxy between them. */
  readonly databaseLine?: (port: number) => Promise<number>
  /** Stands already with empty databases for server and engine; the caller stops it. One of its own when left out. */
  readonly postgres?: RunningPostgres
}

/** A whole system of real processes on free ports, with its own data, and people to act in it. */
export interface Stack {
  readonly system: System
  readonly dataDir: string
  readonly postgres: RunningPostgres | undefined
  /** Signs an account in by the real login flow; one session is kept for each account. */
  as(account: string): Promise<ApiClient>
  /**
   * Signs in as the next person of a group who has not applied for anything: `e2e` in no insurance, `e2e-unknown` whom no public
   * register knows, `e2e-nx` of the other region, and by its slug those in a medical insurance already.
   */
  newcomer(group?: string): Promise<ApiClient & { account: string }>
  readonly anonymous: ApiClient
  /** Starts the server anew with other settings; answers when it is ready. The settings before are given back to the next call. */
  restartServer(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv>
  stop(): Promise<void>
}

const PORT_SPAN = 30

export function stackFromEnvironment(): StackOptions {
  const [engine, database] = (process.env.STACK ?? 'operaton+embedded').split('+')
  return { engine: engine === 'camunda' ? 'camunda' : 'operaton', database: database === 'postgres' ? 'postgres' : 'embedded' }
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stack-'))
  const port = options.port ?? (await freePortRange(PORT_SPAN))
  const own = options.database === 'postgres' && !options.postgres ? await startPostgres() : undefined
  if (own) for (const name of ['server', 'engine']) await own.createDatabase(name)
  const postgres = own ?? options.postgres
  const databasePort = postgres && (await options.databaseLine?.(postgres.port) ?? postgres.port)
  const byLine = (url: string) => url.replace(`:${postgres?.port}/`, `:${databasePort}/`)
  const insured = { 'resident-medical': ['resident-medical'], 'flexible-medical': ['employee-medical'] }
  writePeople(dataDir, [
    ...makePeople(options.people ?? 160),
    ...Object.entries(insured).flatMap(([prefix, currentEnrolments], index) => makePeople(12, {
      prefix, first: 3000 + index * 100, records: { currentEnrolments, enrolmentMode: 'pooled' }
    })),
    ...makePeople(30, { prefix: 'e2e-unknown', first: 3300, isRegistered: false }),
    ...makePeople(12, { prefix: 'e2e-nx', first: 3400, division: '640104001001' }),
    ...options.guests ?? []
  ])
  const system = await startSystem({
    port, dataDir, engine: options.engine, root: process.cwd(),
    env: {
      NODE_ENV: 'development', PUBLIC_URL: `http://127.0.0.1:${port}`, DEPARTMENT_DAY_MS: '500', DECISION_UNDO_SECONDS: '0',
      ...(postgres ? { DATABASE_URL: byLine(postgres.url('server')) } : {}),
      ...options.env
    },
    ...(postgres ? { engineDatabase: { url: byLine(postgres.jdbcUrl('engine')), user: postgres.user, password: postgres.password } } : {}),
    ...(options.workersEngineUrl ? { workersEngineUrl: options.workersEngineUrl } : {})
  }).catch(async error => {
    await own?.stop()
    throw error
  })
  const next: Record<string, number> = {}
  const as = signingIn(system)
  return {
    system, dataDir, postgres, as,
    async newcomer(group = 'e2e') {
      next[group] = (next[group] ?? 0) + 1
      const account = `${group}-${next[group]}`
      return Object.assign(await as(account), { account })
    },
    anonymous: new ApiClient(system.baseUrl),
    async restartServer(env) {
      const { server } = system.children
      const before = Object.fromEntries(Object.keys(env).map(name => [name, server.plan.env[name]]))
      await server.stop(6000)
      Object.assign(server.plan.env, env)
      for (const [name, value] of Object.entries(env)) if (value === undefined) delete server.plan.env[name]
      server.startAgain()
      await until('the server is ready', async () => (await fetch(`${system.baseUrl}/readyz`).catch(() => undefined))?.ok)
      return before
    },
    async stop() {
      await system.stop()
      await own?.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}
