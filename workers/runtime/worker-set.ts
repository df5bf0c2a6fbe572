import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { elapsed } from '../../core/elapsed.ts'
import { AppError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { StepContext } from '../../core/matter.ts'
import type { Tracer } from '../../core/spans.ts'
import { newTraceparent } from '../../core/traceparent.ts'
import { Poller } from './client.ts'
import { Department } from './department.ts'
import { EngineApi } from './engine-api.ts'
import type { DepartmentTopic } from './find-topics.ts'
import { createHttp } from './http.ts'
import { limits as defaults } from './limits.ts'
import type { Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { recordTopics } from './record-topics.ts'
import { createServerApi } from './server-api.ts'
import type { ServerApi } from './server-api.ts'
import { departmentStep, recordStep } from './steps.ts'
import { createTokenSource } from './token.ts'
import { Worker } from './worker.ts'

export interface WorkerSetOptions {
  readonly engineUrl: string
  readonly engineUser: string
  readonly enginePassword: string
  readonly internalUrl: string
  readonly tokenSecret: string
  /** Base URL of each department, by slug. */
  readonly departmentUrls: Readonly<Record<string, string>>
  readonly topics: readonly DepartmentTopic[]
  readonly metrics: Metrics
  readonly log: Log
  readonly tracer: Tracer
  readonly limits?: Partial<Limits>
}

export interface WorkerSet {
  readonly workers: readonly Worker[]
  start(): void
  /** Names of the clients that have not polled, or not lately. */
  late(): string[]
  drain(): Promise<void>
}

/** Record steps are the client of this name; every other client is named after its department. */
const COMMON = 'common'

/** Makes one client per department and one for the record steps, each with its topics. @throws AppError DATA_INVALID */
export function createWorkerSet(options: WorkerSetOptions): WorkerSet {
  const limits: Limits = { ...defaults, ...options.limits }
  const identity = `${hostname()}-${process.pid}-${randomUUID()}`
  const server = serverApi(options, limits, identity)
  const departmentAt = departments(options, limits)
  const names = [...new Set(options.topics.map(({ department }) => department))].sort()
  if (names.length + 1 > limits.maxClients) {
    throw new AppError('DATA_INVALID', { detail: `部门过多：一个办件程序最多 ${limits.maxClients} 个客户端` })
  }
  const make = (name: string, maxParallel: number) => makeWorker(options, limits, { name, identity, maxParallel })
  const common = make(COMMON, limits.recordTasks)
  for (const [topic, variables] of Object.entries(recordTopics)) common.subscribe(topic, variables, recordStep(server))
  const workers = [common, ...names.map(name => {
    const worker = make(name, limits.departmentTasks)
    for (const { topic, department, departmentOf, handler } of options.topics) {
      if (department !== name) continue
      const choose = ({ insurance = '' }: StepContext) => departmentAt(departmentOf?.[insurance] ?? department)
      worker.subscribe(topic, [], departmentStep(server, choose, handler))
    }
    return worker
  })]
  const patience = 2 * limits.longPollMs + 10_000
  const heedPauses = async (): Promise<void> => {
    const topics = await server.pausedTopics()
    if (topics) await Promise.all(workers.map(worker => worker.leaveAlone(new Set(topics))))
  }
  let heeding: NodeJS.Timeout | undefined
  return {
    workers,
    start() {
      // Asked before the first poll, so that a start takes nothing that was paused before it.
      void heedPauses().finally(() => workers.forEach(worker => worker.start()))
      heeding = setInterval(() => void heedPauses(), limits.pausesMs)
    },
    late: () => workers.filter(({ lastPollAt }) => !lastPollAt || elapsed() - lastPollAt > patience).map(({ name }) => name),
    drain: async () => {
      clearInterval(heeding)
      await Promise.all(workers.map(worker => worker.drain(limits.drainMs)))
    }
  }
}

interface WorkerName { readonly name: string, readonly identity: string, readonly maxParallel: number }

function makeWorker(options: WorkerSetOptions, limits: Limits, { name, identity, maxParallel }: WorkerName): Worker {
  const { engineUrl, engineUser: user, enginePassword: password, metrics, log, tracer } = options
  const workerId = `${identity}-${name}`
  const http = createHttp({
    baseUrl: engineUrl, maxSockets: 8, timeoutMs: limits.engineTimeoutMs, maxBytes: limits.maxReplyBytes,
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
  })
  return new Worker({
    name, metrics, log, tracer, lockMs: limits.lockMs,
    engine: new EngineApi({ http, workerId, patienceMs: limits.lockMs }),
    poller: new Poller({ engineUrl, user, password, workerId, maxParallel, lockMs: limits.lockMs, longPollMs: limits.longPollMs })
  })
}

function serverApi({ internalUrl, tokenSecret }: WorkerSetOptions, limits: Limits, identity: string): ServerApi {
  const http = createHttp({
    baseUrl: internalUrl, maxSockets: 32, timeoutMs: limits.serverTimeoutMs, maxBytes: limits.maxReplyBytes
  })
  return createServerApi({ http, token: createTokenSource(tokenSecret, identity), traceparent: newTraceparent })
}

/** Departments are made at their first use, each with its own connections, bulkhead and circuit breaker. */
function departments({ departmentUrls, metrics, tracer }: WorkerSetOptions, limits: Limits): (slug: string) => Department {
  const made = new Map<string, Department>()
  return slug => {
    const known = made.get(slug)
    if (known) return known
    const baseUrl = departmentUrls[slug]
    if (!baseUrl) throw new AppError('DATA_INVALID', { detail: `没有部门 ${slug} 的地址` })
    const http = createHttp({
      baseUrl, maxSockets: limits.departmentCalls, timeoutMs: limits.departmentTimeoutMs, maxBytes: limits.maxReplyBytes
    })
    const department = new Department({ slug, http, limit: limits.departmentCalls, metrics, tracer })
    made.set(slug, department)
    return department
  }
}
