import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ChildPlan } from './child.ts'

export interface SystemOptions {
  readonly port: number
  readonly dataDir: string
  readonly engine: 'operaton' | 'camunda'
  /** Environment of the children beside what this module derives: secrets, NOW, DATABASE_URL, ENGINE_DB_URL … */
  readonly env: NodeJS.ProcessEnv
  readonly root: string
  /** PostgreSQL of the engine; a file of H2 when left out. */
  readonly engineDatabase?: { readonly url: string; readonly user: string; readonly password: string }
  /** What the workers call instead of the engine, when a test puts a proxy between them. */
  readonly workersEngineUrl?: string
}

export const PROCESS_NAMES = ['engine', 'departments', 'server', 'workers'] as const
export type ProcessName = (typeof PROCESS_NAMES)[number]

/** How each process of the system is started; ports are neighbours of the one that the browser uses (ARCHITECTURE.md). */
export function planProcesses(options: SystemOptions): Record<ProcessName, ChildPlan> {
  return {
    engine: planEngine(options, 'engine', options.port + 10),
    departments: planNode(options, 'departments', MAINS.departments),
    server: planNode(options, 'server', MAINS.server),
    workers: planNode(options, 'workers', MAINS.workers, options.workersEngineUrl ? { ENGINE_URL: options.workersEngineUrl } : {})
  }
}

/** The programs of the Node processes. */
export const MAINS = { departments: 'departments/main.ts', server: 'server/main.ts', workers: 'workers/runtime/main.ts' } as const

/** One Node process by the name that its log bears; `more` goes above what all processes are told. */
export function planNode(options: SystemOptions, name: string, main: string, more: NodeJS.ProcessEnv = {}): ChildPlan {
  return {
    name, command: process.execPath, args: ['--import', 'tsx', join(options.root, main)],
    env: { ...sharedBy(options), ...more }, channel: 'ipc', logFile: logOf(options, name)
  }
}

export function engineUrl(options: Pick<SystemOptions, 'port'>): string {
  return `http://127.0.0.1:${options.port + 10}/engine-rest`
}

/** One node of the engine on its port; several share a database. */
export function planEngine(options: SystemOptions, name: string, port: number): ChildPlan {
  const jar = join(options.root, 'engine', 'target', options.engine, `engine-${options.engine}.jar`)
  if (!existsSync(jar)) throw new Error(`the engine is not built: ${jar} is missing (node scripts/bootstrap.mjs prepare)`)
  const database = options.engineDatabase
  return {
    name, command: 'java', channel: 'stdin', logFile: logOf(options, name),
    args: ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', jar],
    env: {
      ...sharedBy(options),
      STOP_WITH_PARENT: 'true',
      ENGINE_PORT: String(port),
      ENGINE_USER: 'engine',
      ENGINE_DB_URL: database?.url ?? `jdbc:h2:file:${join(resolve(options.dataDir), 'engine')};WRITE_DELAY=0`,
      ENGINE_DB_USER: database?.user ?? 'sa',
      ENGINE_DB_PASSWORD: database?.password ?? ''
    }
  }
}

function sharedBy(options: SystemOptions): NodeJS.ProcessEnv {
  return { ...basics(), ...options.env, PORT: String(options.port), DATA_DIR: resolve(options.dataDir) }
}

const logOf = ({ dataDir }: SystemOptions, name: string): string => join(dataDir, 'logs', `${name}.log`)

/** Children see the paths and the locale of the machine and nothing else of our environment. */
function basics(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'JAVA_HOME', 'NODE_EXTRA_CA_CERTS']
  return Object.fromEntries(kept.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
