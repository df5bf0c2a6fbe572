import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { ServerContext } from '../context.ts'
import { findStuckOutbox } from '../db/outbox.ts'
import { lastReconciliation } from '../db/reconciliation.ts'
import { requestSecondsOf } from '../http/request-metrics.ts'

export interface Metrics {
  readonly contentType: string
  /** All figures in the text form of Prometheus; reads the database. */
  text(): Promise<string>
}

/** Figures of the process, of its answers, and of what waits: outbox entries, open tasks. No personal data. */
export function createMetrics(ctx: Pick<ServerContext, 'db' | 'clock'>): Metrics {
  const { db, clock } = ctx
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  registry.registerMetric(requestSecondsOf(ctx))
  const gauge = (name: string, help: string, read: () => Promise<number>): void => {
    new Gauge({ name, help, registers: [registry], async collect() { this.set(await read()) } })
  }
  const count = async (table: string, where: Readonly<Record<string, unknown>>): Promise<number> =>
    Number((await db(table).where(where).count({ count: '*' }).first())?.count ?? 0)
  gauge('outbox_pending', 'Entries of the outbox that are not sent yet', () => count('outbox', { done_at: null }))
  gauge('outbox_stuck', 'Entries of the outbox that keep failing', async () => (await findStuckOutbox(db)).length)
  gauge('outbox_oldest_seconds', 'Age of the oldest entry that is due', async () => {
    const now = clock.realNow()
    const oldest = await db('outbox').whereNull('done_at').where('due_at', '<=', now).orderBy('due_at').first('due_at') as { due_at: number } | undefined
    return oldest ? (now - oldest.due_at) / 1000 : 0
  })
  gauge('work_items_open', 'Open tasks', () => count('work_item', { state: 'open' }))
  gauge('reconciliation_timestamp_seconds', 'When engine and tables were last compared; 0 = never', async () =>
    ((await lastReconciliation(db))?.at ?? 0) / 1000)
  gauge('reconciliation_differences', 'What the last comparison found', async () =>
    Object.values((await lastReconciliation(db))?.differences ?? {}).reduce((sum, count) => sum + count, 0))
  gauge('business_clock_offset_seconds', 'Business time minus real time', async () => clock.offset / 1000)
  return { contentType: registry.contentType, text: () => registry.metrics() }
}
