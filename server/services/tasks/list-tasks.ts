import { startOfDay } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import { hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { coversDivision } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import type { WorkItemFilter, WorkItemPage } from '../../db/work-item-queries.ts'
import { countWorkItems, listWorkItems } from '../../db/work-item-queries.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { pageOf, readCursor } from '../../http/cursor.ts'
import { desksOf, holderOf } from './desks.ts'
import { searchApplications } from './search-applications.ts'
import type { TaskView } from './task-view.ts'
import { taskViews, warningOf } from './task-view.ts'

/**
 * 现场等候, 我的, 本组待领, 全部, 即将超期, 已超期, 补正中, 窗口出件, 征询我的. Citizens who stand at a counter today come first;
 * what waits for a correction has no open task, and is listed by the task that asked for it.
 */
export const queues = ['counter', 'mine', 'group', 'all', 'soon', 'overdue', 'correcting', 'pickup', 'asked'] as const
export type Queue = (typeof queues)[number]

export interface TaskQuery {
  readonly queue?: Queue
  readonly applicationId?: string
  readonly slug?: string
  /** Six digits. */
  readonly division?: string
  readonly channel?: string
  /** green, warn, yellow or red. */
  readonly sla?: string
  /** A number of an application, an ID number, a mobile or its last four digits, or a full name. */
  readonly q?: string
  readonly cursor?: string
  readonly limit?: number
}

const DEFAULT_LIMIT = 20
/** Nobody works through more; the screen then says 999+. */
const MOST_COUNTED = 1000

/**
 * One page of the tasks of somebody's desks, the most urgent first.
 * @throws AppError CURSOR_INVALID, REQUEST_INVALID for an unknown colour
 */
export async function listTasks(
  ctx: ServerContext, actor: Actor, query: TaskQuery
): Promise<{ tasks: TaskView[]; cursor: string | null }> {
  const limit = query.limit ?? DEFAULT_LIMIT
  const after = readCursor(query.cursor, 'instant')
  const rows = await findTasks(ctx, actor, query, { after, limit: limit + 1 })
  const { page, cursor: next } = pageOf(rows, limit, row => row.due_at)
  return {
    tasks: await taskViews(ctx, page),
    cursor: next
  }
}

/** The rows behind listTasks. */
export async function findTasks(
  ctx: ServerContext, actor: Actor, query: TaskQuery, page: WorkItemPage
): Promise<WorkItem[]> {
  const filter = filterOf(ctx, actor, query)
  return filter ? listWorkItems(ctx.db, filter, page) : []
}

/** How many tasks a query finds, at most 1000. */
export async function countTasks(ctx: ServerContext, actor: Actor, query: TaskQuery): Promise<number> {
  const filter = filterOf(ctx, actor, query)
  return filter ? countWorkItems(ctx.db, filter, MOST_COUNTED) : 0
}

/** How many tasks lie in each queue of somebody's desks. */
export async function countQueues(ctx: ServerContext, actor: Actor): Promise<Record<Queue, number>> {
  const counts = await Promise.all(queues.map(queue => countTasks(ctx, actor, { queue })))
  return Object.fromEntries(queues.map((queue, index) => [queue, counts[index]])) as Record<Queue, number>
}

/** What somebody may filter by: the matters that come to the own desk, and the divisions it answers for. */
export function filterOptions({ regions }: ServerContext, actor: Actor) {
  const region = regions.all().find(({ slug }) => slug === actor.region)
  const isWindow = hasRole(actor, 'window')
  const matters = (region?.matters ?? []).filter(({ department }) => isWindow || department === actor.department)
  const divisions = (region?.divisions ?? []).filter(({ code }) => isWindow || coversDivision(actor.division, code))
  return {
    matters: matters.map(({ slug, title }) => ({ slug, title })),
    divisions: divisions.map(({ code, name }) => ({ code, name }))
  }
}

function filterOf(ctx: ServerContext, actor: Actor, query: TaskQuery): WorkItemFilter | null {
  const desks = desksOf(actor)
  const region = ctx.regions.all().find(({ slug }) => slug === actor.region)
  // Staff of a region that is not open yet have nothing to do.
  if (!region || desks.length === 0) return null
  const { queue = 'group', applicationId, slug, division, channel } = query
  return {
    region: region.slug, desks, applicationId, slug, division, channel,
    ...colourFilter(ctx, region, query.sla),
    ...queueFilter(ctx, region, queue, actor),
    ...(query.q?.trim() ? { found: searchApplications(ctx.crypto, region.slug, query.q.trim()) } : {})
  }
}

function queueFilter(ctx: ServerContext, region: Region, queue: Queue, actor: Actor): Partial<WorkItemFilter> {
  const now = ctx.clock.now()
  switch (queue) {
    case 'counter': return { channel: 'window', since: startOfDay(ctx.clock.today()) }
    case 'mine': return { assignee: holderOf(actor) }
    case 'group': return { assignee: null }
    case 'all': return {}
    case 'soon': return { due: { from: now }, warned: { isWarned: true, ...warningOf(ctx, region) } }
    case 'overdue': return { due: { to: now } }
    case 'correcting': return { isCorrecting: true }
    case 'pickup': return { kind: 'pickup' }
    case 'asked': return { addressee: holderOf(actor) }
  }
}

/** The colours by stored dates: to be warned of, past the promise, past the red date. */
function colourFilter(
  ctx: ServerContext, region: Region, colour: string | undefined
): Pick<WorkItemFilter, 'due' | 'red' | 'warned'> {
  if (colour === undefined || colour === '') return {}
  const [now, today] = [ctx.clock.now(), ctx.clock.today()]
  switch (colour) {
    case 'green': return { due: { from: now }, warned: { isWarned: false, ...warningOf(ctx, region) } }
    case 'warn': return { due: { from: now }, warned: { isWarned: true, ...warningOf(ctx, region) } }
    case 'yellow': return { due: { to: now }, red: { today, isPast: false } }
    case 'red': return { red: { today, isPast: true } }
    default: throw new AppError('REQUEST_INVALID', {
      fields: [{ path: '/query/sla', code: 'ENUM', message: '应为 green、warn、yellow 或 red' }]
    })
  }
}
