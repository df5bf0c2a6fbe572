import type { ServerContext } from '../context.ts'
import { addToOutbox, findPendingOutbox, findStuckOutbox, purgeOutbox } from '../db/outbox.ts'
import { keepReconciliation } from '../db/reconciliation.ts'
import { endWorkItem, findKnownWorkItems, listOpenIds } from '../db/work-items.ts'
import { endDoubles, everyPage } from './gateway-instances.ts'
import { storeOpenTasks } from './task-feed.ts'
import type { WorkItemSources } from './work-item-of.ts'

export interface Reconciliation {
  /** Tasks that were open in the engine and not here; stored now. */
  readonly missing: readonly string[]
  /** Tasks that were open here and not in the engine; ended now. */
  readonly stale: readonly string[]
  /** Submitted applications without a process, whose start was put into the outbox again. */
  readonly unstarted: readonly string[]
  /** Applications that are under way here while their process has ended or is gone: a person must look. */
  readonly orphaned: readonly string[]
  /** Processes that were started twice; the later one was ended. */
  readonly doubled: readonly string[]
  /** Outbox entries that keep failing. */
  readonly stuck: readonly string[]
}

type Context = Pick<ServerContext, 'db' | 'engine' | 'regions' | 'clock' | 'log'>

const PAGE = 500
/** Younger applications may be on their way. */
const SETTLING = 60_000
const KEEP_DONE = 7 * 86_400_000

/** Proves that engine and tables agree, mends what they disagree about, and reports it. Rejects when the engine is away. */
export async function reconcile(ctx: Context, sources: WorkItemSources): Promise<Reconciliation> {
  const missing = await storeMissing(ctx, sources)
  const stale = await endStale(ctx)
  const { orphaned, doubled } = await compareInstances(ctx)
  const unstarted = await startForgotten(ctx)
  const stuck = (await findStuckOutbox(ctx.db)).map(({ id }) => id)
  await purgeOutbox(ctx.db, ctx.clock.realNow() - KEEP_DONE)
  const found: Reconciliation = { missing, stale, unstarted, orphaned, doubled, stuck }
  const differences = Object.fromEntries(Object.entries(found).map(([kind, list]) => [kind, list.length]))
  await keepReconciliation(ctx.db, { at: ctx.clock.realNow(), differences })
  return found
}

async function storeMissing(ctx: Context, sources: WorkItemSources): Promise<string[]> {
  const missing: string[] = []
  for await (const tasks of everyPage(page => ctx.engine.openTasks(page), PAGE)) {
    const known = await findKnownWorkItems(ctx.db, tasks.map(({ id }) => id))
    const unknown = tasks.filter(({ id }) => !known.has(id))
    missing.push(...unknown.map(({ id }) => id))
    await storeOpenTasks(ctx, sources, unknown)
  }
  return missing
}

/** Each is asked for by itself before it is ended, as it may have come into being during the walk. */
async function endStale(ctx: Context): Promise<string[]> {
  const open = new Set<string>()
  for await (const tasks of everyPage(page => ctx.engine.openTasks(page), PAGE)) for (const { id } of tasks) open.add(id)
  const stale: string[] = []
  for (let after = ''; ;) {
    const rows = await listOpenIds(ctx.db, after, PAGE)
    for (const { id } of rows.filter(row => !open.has(row.id))) {
      if (await ctx.engine.getTask(id)) continue
      const ended = await ctx.engine.endedTask(id)
      const now = ctx.clock.now()
      const end = { isCompleted: ended?.isCompleted ?? false, endedAt: ended?.endedAt ?? now }
      if (await endWorkItem(ctx.db, id, end, now)) stale.push(id)
    }
    if (rows.length < PAGE) return stale
    after = rows.at(-1)!.id
  }
}

async function compareInstances(ctx: Context): Promise<{ orphaned: string[]; doubled: string[] }> {
  const running = new Set<string>()
  const doubled: string[] = []
  for (const { slug } of ctx.regions.all()) {
    const key = `${slug}-enrolment`
    for (const [businessKey, found] of await runningIds(ctx, key)) {
      running.add(businessKey)
      // The engine is asked again, as an end cannot be taken back and one of them may have ended meanwhile.
      if (found.size > 1) {
        doubled.push(...await endDoubles(ctx.engine, await ctx.engine.findInstancesByBusinessKey(businessKey, key)))
      }
    }
  }
  const before = ctx.clock.now() - SETTLING
  const underWay: string[] = await ctx.db('application').whereNotNull('process_started_at').where('process_started_at', '<', before)
    .whereNull('closed_at').whereNull('refused_at').pluck('id')
  return { orphaned: underWay.filter(id => !running.has(id)), doubled }
}

/** Ids of the running instances by business key. By id, as a row that moves while the pages are asked for comes twice. */
async function runningIds({ engine }: Context, key: string): Promise<Map<string, Set<string>>> {
  const ids = new Map<string, Set<string>>()
  for await (const page of everyPage(at => engine.runningInstances(key, at), PAGE)) {
    for (const { id, businessKey } of page) if (businessKey) ids.set(businessKey, (ids.get(businessKey) ?? new Set()).add(id))
  }
  return ids
}

/** A submitted application without a process and without an entry that would start one. */
async function startForgotten(ctx: Context): Promise<string[]> {
  const ids: string[] = await ctx.db('application').where({ status_draft: false }).whereNull('process_started_at')
    .whereNull('refused_at').whereNull('closed_at').where('submitted_at', '<', ctx.clock.now() - SETTLING).pluck('id')
  const forgotten: string[] = []
  for (const id of ids) {
    if ((await findPendingOutbox(ctx.db, id)).some(({ kind }) => kind === 'start-process')) continue
    await addToOutbox(ctx.db, { kind: 'start-process', aggregateId: id, payload: {} }, ctx.clock.realNow())
    forgotten.push(id)
  }
  return forgotten
}
