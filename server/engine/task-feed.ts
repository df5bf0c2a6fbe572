import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../db/feed-cursors.ts'
import { addWorkItems, endWorkItem, findKnownWorkItems } from '../db/work-items.ts'
import { everyPage, pagesByTime } from './gateway-instances.ts'
import type { EngineTask } from './gateway-tasks.ts'
import type { Page } from './gateway-instances.ts'
import { toWorkItems } from './work-item-of.ts'
import type { WorkItemSources } from './work-item-of.ts'

export interface TaskFeed {
  /** Reads what has changed since the last time. Rejects when the engine is away; nothing is lost by that. */
  poll(): Promise<{ readonly added: number; readonly ended: number }>
}

type Context = Pick<ServerContext, 'db' | 'engine' | 'regions' | 'clock' | 'log'>

/** A change becomes visible some milliseconds after its time stamp; a transaction may hold it back longer. */
const OVERLAP = 5000
/** After so long without news the overlap has been read often enough. */
const QUIET = 15_000

/**
 * Keeps `work_item` like the engine's user tasks. The cursor is the latest time the engine itself has named, minus an
 * overlap; what is read twice changes nothing, and a task that has ended here never comes back.
 */
export function createTaskFeed(ctx: Context, sources: WorkItemSources): TaskFeed {
  const followTasks = createFollower(ctx, 'tasks')
  const followEnded = createFollower(ctx, 'tasks-ended', pagesByTime)
  const seen = new Map<string, number>()
  return {
    async poll() {
      const added = await followTasks(page => ctx.engine.tasksChangedSince(page.since, page), async tasks => {
        const fresh = tasks.filter(({ id, changedAt }) => seen.get(id) !== changedAt)
        const count = await storeOpenTasks(ctx, sources, fresh)
        for (const { id, changedAt } of tasks) seen.set(id, changedAt)
        return count
      })
      const ended = await followEnded(page => ctx.engine.tasksEndedSince(page.since, page), async tasks => {
        const known = await findKnownWorkItems(ctx.db, tasks.map(({ id }) => id))
        const going = tasks.filter(({ id }) => ['open', 'decided'].includes(known.get(id)?.state ?? ''))
        for (const task of going) await endWorkItem(ctx.db, task.id, task, ctx.clock.now())
        return going.length
      })
      forget(seen, Number(await readCursor(ctx.db, 'tasks')) - OVERLAP)
      return { added, ended }
    }
  }
}

/** Stores tasks that are open in the engine; returns how many were not known. Also used by the reconciler. */
export async function storeOpenTasks(ctx: Context, sources: WorkItemSources, tasks: readonly EngineTask[]): Promise<number> {
  if (tasks.length === 0) return 0
  const known = await findKnownWorkItems(ctx.db, tasks.map(({ id }) => id))
  const fresh = tasks.filter(({ id }) => !known.has(id))
  if (fresh.length > 0) await addWorkItems(ctx.db, await toWorkItems(ctx, sources, fresh), ctx.clock.now())
  return fresh.length
}

/** Asks one stream of the engine for what is new and hands it to `store`, page by page; answers the sum of what that says. */
export type Follower = <T extends { readonly changedAt: number }>(
  ask: (page: Page & { readonly since: number }) => Promise<T[]>, store: (rows: T[]) => Promise<number>
) => Promise<number>

/** How the pages of a stream are walked through: by number, or, where they come in the order of `changedAt`, by time. */
type Walk = <T extends { readonly changedAt: number }>(
  since: number, ask: (page: Page & { readonly since: number }) => Promise<T[]>
) => AsyncGenerator<T[]>
const byNumber: Walk = (since, ask) => everyPage(page => ask({ ...page, since }))

/** Now and then a stream is read again for a longer time than the overlap, ms. */
export interface Rereading {
  readonly every: number
  readonly back: number
}

/**
 * Makes the follower of a stream. Its cursor (real ms, as the engine names it) moves to the latest time seen once all pages
 * are stored; each question begins an overlap earlier, until nothing new has come for a while. It never stands ahead of our own
 * clock: a node of the engine that is fast, or a clock that was put back, would hide what the others name.
 */
export function createFollower(
  { db, clock }: Pick<ServerContext, 'db' | 'clock'>, name: string, walk = byNumber, rereading?: Rereading
): Follower {
  let movedAt = clock.realNow()
  let rereadAt = -Infinity
  return async (ask, store) => {
    const now = clock.realNow()
    const stored = Number(await readCursor(db, name))
    const cursor = Math.min(stored, now)
    // Measured by our own clock alone, so that it may differ from the engine's.
    const isQuiet = now - movedAt > QUIET
    const isRereading = rereading !== undefined && Math.abs(now - rereadAt) >= rereading.every
    const since = Math.max(0, isRereading ? cursor - rereading.back : isQuiet ? cursor : cursor - OVERLAP)
    let latest = cursor
    let count = 0
    for await (const rows of walk(since, ask)) {
      count += await store(rows)
      latest = rows.reduce((last, { changedAt }) => changedAt > now ? last : Math.max(last, changedAt), latest)
    }
    if (isRereading) rereadAt = now
    if (latest > cursor) movedAt = now
    if (latest !== stored) await writeCursor(db, name, String(latest))
    return count
  }
}

function forget(seen: Map<string, number>, before: number): void {
  for (const [id, changedAt] of seen) if (changedAt < before) seen.delete(id)
}
