import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DepartmentSystem } from '../core/config.ts'
import type { Log } from '../core/log.ts'
import { noTracer } from '../core/spans.ts'
import type { Tracer } from '../core/spans.ts'
import { readDialects } from './common/dialect-door.ts'
import { runDepartment } from './common/run-department.ts'
import type { Department } from './common/run-department.ts'
import type { RunningDepartment } from './common/types.ts'
import { dataSharingDepartment } from './data-sharing/app.ts'
import { registersAt } from './data-sharing/registers.ts'
import type { Registers } from './data-sharing/registers.ts'
import { hrssDepartment } from './hrss/app.ts'
import { runIdentity } from './identity/app.ts'
import { medicalDepartment } from './medical/app.ts'
import { messageDepartment } from './message/app.ts'
import { readPeople } from './people/index.ts'
import type { People } from './people/index.ts'
import { platformDepartment } from './platform/app.ts'
import type { PlatformOptions } from './platform/types.ts'
import { postDepartment } from './post/app.ts'
import { taxDepartment } from './tax/app.ts'

export const departmentNames: readonly DepartmentSystem[] = [
  'hrss', 'medical', 'tax', 'data-sharing', 'identity', 'post', 'message', 'platform'
]

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))

/** Departments that know who is in which insurance. */
const REGISTERS: readonly DepartmentSystem[] = ['hrss', 'medical']

export interface StartOptions {
  /** Which to run; all when left out. */
  readonly names?: readonly DepartmentSystem[]
  readonly host?: string
  /** A free port for each that is left out. */
  readonly ports?: Partial<Readonly<Record<DepartmentSystem, number>>>
  /** Addresses of departments that run elsewhere. */
  readonly urls?: Partial<Readonly<Record<DepartmentSystem, string>>>
  /** DATA_DIR; the ledgers lie in its folder `departments`, further people in `people`. */
  readonly dataDir: string
  /** Root of the folder `regions`, whose people and staff are read too; the repository when left out. */
  readonly regionsRoot?: string
  /** Milliseconds of real time that count as one day of the departments. */
  readonly dayMs: number
  readonly internalUrl: string
  readonly callbackSecret: string
  /** First pause before a call-back is sent again, in ms. */
  readonly callbackRetryMs?: number
  readonly publicUrl: string
  /** What browser and server call the identity server; its address when left out. */
  readonly issuer?: string
  readonly oidcClientId: string
  readonly oidcClientSecret: string
  readonly demoPassword: string
  readonly log: Log
  /** Takes a span for each request; none when left out. */
  readonly tracer?: Tracer
}

export interface RunningDepartments {
  readonly urls: Readonly<Record<DepartmentSystem, string>>
  stop(): Promise<void>
}

/** Starts departments in this process, each with app, port and ledger of its own. When one cannot start, none runs. */
export async function startDepartments(options: StartOptions): Promise<RunningDepartments> {
  const people = readPeople(join(options.dataDir, 'people'), options.regionsRoot)
  const running = new Map<DepartmentSystem, RunningDepartment>()
  const registers = registersAt(() => REGISTERS.flatMap(name => running.get(name)?.url ?? options.urls?.[name] ?? []))
  const stop = async (): Promise<void> => {
    await Promise.all([...running.values()].map(one => one.stop()))
  }
  const started = await Promise.allSettled((options.names ?? departmentNames).map(async name => {
    running.set(name, await startOne(name, people, registers, options, running))
  }))
  const failed = started.find(one => one.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  const urls = Object.fromEntries([...running].map(([name, { url }]) => [name, url]))
  return { urls: urls as Record<DepartmentSystem, string>, stop }
}

const makers: Readonly<Record<Exclude<DepartmentSystem, 'identity' | 'platform'>, (people: People, registers: Registers) => Department>> = {
  hrss: hrssDepartment,
  medical: medicalDepartment,
  tax: taxDepartment,
  'data-sharing': dataSharingDepartment,
  post: postDepartment,
  message: messageDepartment
}

type Running = ReadonlyMap<DepartmentSystem, RunningDepartment>

function startOne(
  name: DepartmentSystem, people: People, registers: Registers, options: StartOptions, running: Running
): Promise<RunningDepartment> {
  const { host = '127.0.0.1', log } = options
  const place = { host, port: options.ports?.[name] ?? 0, dataDir: join(options.dataDir, 'departments'), log }
  if (name === 'identity') {
    return runIdentity({
      ...place,
      ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
      publicUrl: options.publicUrl,
      clientId: options.oidcClientId,
      clientSecret: options.oidcClientSecret,
      demoPassword: options.demoPassword,
      people
    })
  }
  const department = name === 'platform' ? platformDepartment(platformOptions(options, running)) : makers[name](people, registers)
  return runDepartment(department, {
    ...place,
    tracer: options.tracer ?? noTracer,
    dayMs: options.dayMs,
    dialects: readDialects(options.regionsRoot ?? REPOSITORY, name),
    callbackUrl: `${options.internalUrl}/internal/v1/callbacks/${name}`,
    callbackSecret: options.callbackSecret,
    ...(options.callbackRetryMs === undefined ? {} : { callbackRetryMs: options.callbackRetryMs })
  })
}

/** The platforms' client of the service; they find the identity server where it runs by then. */
function platformOptions(
  { publicUrl, issuer, urls, oidcClientSecret, callbackSecret }: StartOptions, running: Running
): PlatformOptions {
  return {
    publicUrl, clientSecret: oidcClientSecret, callbackSecret,
    issuer: () => issuer ?? running.get('identity')?.url ?? urls?.identity ?? ''
  }
}
