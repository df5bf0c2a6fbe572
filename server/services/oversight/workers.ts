import type { ServerContext } from '../../context.ts'
import { countPendingOutbox, findStuckOutbox } from '../../db/outbox.ts'

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
 * The state of the workers (one client for each department), the circuits to the departments, and what still waits to be told to
 * the engine. Workers that do not answer are `isAlive: false`, not an error.
 */
export async function workersState(ctx: ServerContext) {
  const base = `http://127.0.0.1:${ctx.config.port + 2}`
  const [waiting, figures] = await Promise.all([lateClients(base), figuresOf(base)])
  const pending = await countPendingOutbox(ctx.db)
  const stuck = (await findStuckOutbox(ctx.db)).length
  const named = (name: string) => figures?.filter(figure => figure.name === name) ?? []
  return {
    isAlive: figures !== null,
    clients: named('worker_last_fetch_timestamp_seconds').map(({ labels: { client = '' }, value }) => ({
      client, isLate: waiting?.includes(client) ?? true, lastPollAt: new Date(value * 1000).toISOString(),
      inFlight: named('worker_tasks_in_flight').find(({ labels }) => labels.client === client)?.value ?? 0,
      pollErrors: named('worker_poll_errors_total').find(({ labels }) => labels.client === client)?.value ?? 0
    })),
    topics: topicsOf(named('worker_tasks_total')),
    circuits: named('worker_circuit_state').map(({ labels: { department = '' }, value }) => ({ department, state: CIRCUITS[value] ?? 'closed' })),
    outbox: { pending, stuck }
  }
}

function topicsOf(figures: readonly Figure[]) {
  const topics = [...new Set(figures.map(({ labels }) => labels.topic ?? ''))].sort()
  return topics.map(topic => ({
    topic,
    outcomes: Object.fromEntries(figures.filter(({ labels }) => labels.topic === topic).map(({ labels, value }) => [labels.outcome ?? '', value]))
  }))
}

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
