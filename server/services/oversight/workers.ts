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

/**
 * The state of the workers (one client for each department) and of what waits for them, the circuits to the departments, what is
 * still to be told by each lane of the outbox, and how the last comparison with the engine went. Workers that do not answer are
 * `isAlive: false`, not an error. Instants are real time, as the machines have it.
 */
export async function workersState(ctx: ServerContext) {
  const base = `http://127.0.0.1:${ctx.config.port + 2}`
  const [waiting, figures, lags, lanes, stuck, last] = await Promise.all([
    lateClients(base), figuresOf(base), topicLags(ctx), lanesState(ctx.db), findStuckOutbox(ctx.db), lastReconciliation(ctx.db)
  ])
  const named = (name: string) => figures?.filter(figure => figure.name === name) ?? []
  return {
    isAlive: figures !== null,
    version: named('worker_info')[0]?.labels.version ?? null,
    asOf: formatInstant(ctx.clock.realNow()),
    clients: named('worker_last_fetch_timestamp_seconds').map(({ labels: { client = '' }, value }) => ({
      client, isLate: waiting?.includes(client) ?? true, lastPollAt: new Date(value * 1000).toISOString(),
      inFlight: named('worker_tasks_in_flight').find(({ labels }) => labels.client === client)?.value ?? 0,
      pollErrors: named('worker_poll_errors_total').find(({ labels }) => labels.client === client)?.value ?? 0
    })),
    topics: topicsOf(named('worker_tasks_total'), lags),
    circuits: named('worker_circuit_state').map(({ labels: { department = '' }, value }) => ({ department, state: CIRCUITS[value] ?? 'closed' })),
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

function topicsOf(figures: readonly Figure[], lags: ReadonlyMap<string, TopicLag> | null) {
  const topics = [...new Set([...figures.map(({ labels }) => labels.topic ?? ''), ...lags?.keys() ?? []])].sort()
  return topics.map(topic => ({
    topic, waiting: lags === null ? null : lags.get(topic)?.waiting ?? 0, oldestAt: instant(lags?.get(topic)?.oldestAt ?? null),
    outcomes: Object.fromEntries(figures.filter(({ labels }) => labels.topic === topic).map(({ labels, value }) => [labels.outcome ?? '', value]))
  }))
}

const instant = (at: number | null): string | null => at === null ? null : formatInstant(at)

async function lateClients(base: string): Promise<readonly string[] | null> {
  const response = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
  return response ? (await response.json() as { waiting: string[] }).waiting : null
}

async function figuresOf(base: string): Promise<Figure[] | null> {
  const response = await fetch(`${base}/metrics`, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
  if (!response?.ok) return null
  return (await response.text()).split('\n').flatMap(line => {
    const [, name, labels, value] = FIGURE.exec(line) ?? []
    return name === undefined ? [] : [{ name, labels: labelsOf(labels!), value: Number(value) }]
  })
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]))
}
