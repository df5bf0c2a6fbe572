import type { ServerContext } from '../../context.ts'
import { formatInstant } from '../../../core/dates.ts'
import { findStuckOutbox, lanesState } from '../../db/outbox.ts'
import { lastReconciliation } from '../../db/reconciliation.ts'
import { topicLags } from './topic-lag.ts'
import type { TopicLag } from './topic-lag.ts'

const PATIENCE = 2_000
const CIRCUITS = ['closed', 'half-open', 'open'] as const

/** One line of the worker's figures: name, labels, value. */
const FIGURE = /^(worker_[a-z_]+)\{([^}]*)\} ([0-9.eE+-]+)$/

interface Figure {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

interface WorkerProcess {
  /** Clients that have not polled yet; null when the process does not say. */
  readonly waiting: readonly string[] | null
  readonly figures: readonly Figure[]
}

/**
 * The state of the workers (one client for each department) and of what waits for them, the circuits to the departments, what is
 * still to be told by each lane of the outbox, and how the last comparison with the engine went. Workers that do not answer are
 * `isAlive: false`, not an error. Instants are real time, as the machines have it.
 */
export async function workersState(ctx: ServerContext) {
  const [processes, lags, lanes, stuck, last] = await Promise.all([
    Promise.all(ctx.config.workersUrls.map(processOf)), topicLags(ctx), lanesState(ctx.db), findStuckOutbox(ctx.db),
    lastReconciliation(ctx.db)
  ])
  const alive = processes.filter(one => one !== null)
  const figures = alive.flatMap(one => one.figures)
  const named = (name: string) => figures.filter(figure => figure.name === name)
  return {
    isAlive: alive.length > 0,
    version: named('worker_info')[0]?.labels.version ?? null,
    asOf: formatInstant(ctx.clock.realNow()),
    clients: alive.flatMap(clientsOf),
    topics: topicsOf(named('worker_tasks_total'), lags),
    circuits: circuitsOf(named('worker_circuit_state')),
    outbox: {
      pending: lanes.reduce((sum, { pending }) => sum + pending, 0), stuck: stuck.length,
      lanes: lanes.map(({ lane, pending, oldestAt }) => ({ lane, pending, oldestAt: instant(oldestAt) }))
    },
    reconciliation: last && {
      at: formatInstant(last.at), differences: last.differences,
      total: Object.values(last.differences).reduce((sum, count) => sum + count, 0)
    }
  }
}

/** The clients of one process; `isLate` as long as it has not polled. */
function clientsOf({ waiting, figures }: WorkerProcess) {
  const valueOf = (name: string, client: string): number =>
    figures.find(figure => figure.name === name && figure.labels.client === client)?.value ?? 0
  return figures.filter(({ name }) => name === 'worker_last_fetch_timestamp_seconds').map(({ labels: { client = '' }, value }) => ({
    client, isLate: waiting?.includes(client) ?? true, lastPollAt: new Date(value * 1000).toISOString(),
    inFlight: valueOf('worker_tasks_in_flight', client), pollErrors: valueOf('worker_poll_errors_total', client)
  }))
}

/** Each department once, by the process that thinks worst of it. */
function circuitsOf(figures: readonly Figure[]) {
  const worst = new Map<string, number>()
  for (const { labels: { department = '' }, value } of figures) worst.set(department, Math.max(value, worst.get(department) ?? 0))
  return [...worst].map(([department, value]) => ({ department, state: CIRCUITS[value] ?? 'closed' }))
}

function topicsOf(figures: readonly Figure[], lags: ReadonlyMap<string, TopicLag> | null) {
  const topics = [...new Set([...figures.map(({ labels }) => labels.topic ?? ''), ...lags?.keys() ?? []])].sort()
  return topics.map(topic => ({
    topic, waiting: lags === null ? null : lags.get(topic)?.waiting ?? 0, oldestAt: instant(lags?.get(topic)?.oldestAt ?? null),
    outcomes: outcomesOf(figures.filter(({ labels }) => labels.topic === topic))
  }))
}

function outcomesOf(figures: readonly Figure[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { labels: { outcome = '' }, value } of figures) sums[outcome] = (sums[outcome] ?? 0) + value
  return sums
}

const instant = (at: number | null): string | null => at === null ? null : formatInstant(at)

/** An answer that breaks off or makes no sense is none. */
async function processOf(base: string): Promise<WorkerProcess | null> {
  const [waiting, figures] = await Promise.all([lateClients(base).catch(() => null), figuresOf(base).catch(() => null)])
  return figures && { waiting, figures }
}

async function lateClients(base: string): Promise<readonly string[]> {
  const response = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(PATIENCE) })
  return (await response.json() as { waiting: string[] }).waiting
}

async function figuresOf(base: string): Promise<Figure[] | null> {
  const response = await fetch(`${base}/metrics`, { signal: AbortSignal.timeout(PATIENCE) })
  if (!response.ok) return null
  return (await response.text()).split('\n').flatMap(line => {
    const [, name, labels, value] = FIGURE.exec(line) ?? []
    return name === undefined ? [] : [{ name, labels: labelsOf(labels!), value: Number(value) }]
  })
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]))
}
