import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../db/feed-cursors.ts'
import { addWorkItems, endWorkItem, findKnownWorkItems, refreshWorkItem } from '../db/work-items.ts'
import { NEVER } from '../../core/dates.ts'
import { everyPage } from './gateway-instances.ts'
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

/**
 * Keeps `work_item` like the engine's user tasks. The cursor is the latest time the engine itself has named, minus an
 * overlap; what is read twice changes nothing, and a task that has ended here never comes back.
 */
export function createTaskFeed(ctx: Context, sources: WorkItemSources): TaskFeed {
  const seen = new Map<string, number>()
  return {
    async poll() {
      const added = await follow(ctx, 'tasks', page => ctx.engine.tasksChangedSince(page.since, page), async tasks => {
        const fresh = tasks.filter(({ id, changedAt }) => seen.get(id) !== changedAt)
        const count = await storeOpenTasks(ctx, sources, fresh)
        for (const { id, changedAt } of tasks) seen.set(id, changedAt)
        return count
      })
      const ended = await follow(ctx, 'tasks-ended', page => ctx.engine.tasksEndedSince(page.since, page), async tasks => {
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
export async function storeOpenTasks(
  ctx: Context, sources: WorkItemSources, tasks: readonly EngineTask[]
): Promise<number> {
  if (tasks.length === 0) return 0
  const known = await findKnownWorkItems(ctx.db, tasks.map(({ id }) => id))
  const fresh = tasks.filter(({ id }) => !known.has(id))
  if (fresh.length > 0) await addWorkItems(ctx.db, await toWorkItems(ctx, sources, fresh), ctx.clock.now())
  for (const task of tasks) {
    const stored = known.get(task.id)
    if (stored?.state === 'open' && (stored.due_at !== (task.dueAt ?? NEVER) || stored.name !== task.name)) {
      await refreshWorkItem(ctx.db, task.id, task, ctx.clock.now())
    }
  }
  return fresh.length
}

/**
 * Follows one stream of the engine from its cursor (real ms) on: asks from the overlap before it, hands each page to
 * `store`, and moves the cursor to the latest time seen once all pages are stored. Returns the sum of what `store` answers.
 */
export async function follow<T extends { readonly changedAt: number }>(
  { db }: Pick<ServerContext, 'db'>, name: string, ask: (page: Page & { readonly since: number }) => Promise<T[]>,
  store: (rows: T[]) => Promise<number>
): Promise<number> {
  const cursor = Number(await readCursor(db, name))
  const since = Math.max(0, cursor - OVERLAP)
  let latest = cursor
  let count = 0
  for await (const rows of everyPage(page => ask({ ...page, since }))) {
    count += await store(rows)
    latest = rows.reduce((last, { changedAt }) => Math.max(last, changedAt), latest)
  }
  if (latest > cursor) await writeCursor(db, name, String(latest))
  return count
}

function forget(seen: Map<string, number>, before: number): void {
  for (const [id, changedAt] of seen) if (changedAt < before) seen.delete(id)
}
