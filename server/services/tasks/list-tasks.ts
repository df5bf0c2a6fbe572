import { endOfDay } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { WorkItemFilter, WorkItemPage } from '../../db/work-item-queries.ts'
import { listWorkItems } from '../../db/work-item-queries.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { desksOf, holderOf } from './desks.ts'
import { searchApplications } from './search-applications.ts'
import type { TaskView } from './task-view.ts'
import { taskView } from './task-view.ts'

export interface TaskQuery {
  readonly queue?: 'mine' | 'group' | 'all'
  readonly applicationId?: string
  readonly slug?: string
  /** green, warn, yellow or red. */
  readonly sla?: string
  /** A number of an application, an ID number, a mobile or its last four digits, or a full name. */
  readonly q?: string
  readonly cursor?: string
  readonly limit?: number
}

const DEFAULT_LIMIT = 20

/**
 * One page of open tasks of somebody's desks, the most urgent first: the own ones, those of nobody yet (group), or all.
 * @throws AppError CURSOR_INVALID, REQUEST_INVALID for an unknown colour
 */
export async function listTasks(
  ctx: ServerContext, actor: Actor, query: TaskQuery
): Promise<{ tasks: TaskView[]; cursor: string | null }> {
  const limit = query.limit ?? DEFAULT_LIMIT
  const after = query.cursor === undefined ? null : readCursor(query.cursor)
  const rows = await findTasks(ctx, actor, query, { after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { tasks: page.map(task => taskView(ctx, task)), cursor: rows.length > limit && last ? writeCursor(last) : null }
}

/** The rows behind listTasks. */
export async function findTasks(
  ctx: ServerContext, actor: Actor, query: TaskQuery, page: WorkItemPage
): Promise<WorkItem[]> {
  const desks = desksOf(actor)
  const region = ctx.regions.all().find(({ slug }) => slug === actor.region)
  // Staff of a region that is not open yet have nothing to do.
  if (!region || desks.length === 0) return []
  const { queue = 'group', applicationId, slug } = query
  return listWorkItems(ctx.db, {
    region: region.slug, desks, applicationId, slug,
    assignee: queue === 'mine' ? holderOf(actor) : queue === 'group' ? null : undefined,
    ...colourFilter(ctx, region, query.sla),
    ...(query.q?.trim() ? { found: searchApplications(ctx.crypto, region.slug, query.q.trim()) } : {})
  }, page)
}

/** The colours by stored dates: due by the end of the last warning day, past the promise, past the red date. */
function colourFilter(
  { clock, calendar }: ServerContext, { thresholds }: Region, colour: string | undefined
): Pick<WorkItemFilter, 'due' | 'red'> {
  if (colour === undefined || colour === '') return {}
  const [now, today] = [clock.now(), clock.today()]
  const warned = endOfDay(calendar.addWorkingDays(today, Math.max(0, thresholds.warnRemainingWorkingDays - 1)).date) + 1
  switch (colour) {
    case 'green': return { due: { from: warned } }
    case 'warn': return { due: { from: now, to: warned } }
    case 'yellow': return { due: { to: now }, red: { today, isPast: false } }
    case 'red': return { red: { today, isPast: true } }
    default: throw new AppError('REQUEST_INVALID', {
      fields: [{ path: '/query/sla', code: 'ENUM', message: '应为 green、warn、yellow 或 red' }]
    })
  }
}

function writeCursor({ due_at, id }: WorkItem): string {
  return Buffer.from(JSON.stringify([due_at, id])).toString('base64url')
}

function readCursor(cursor: string): { dueAt: number; id: string } {
  try {
    const [dueAt, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]
    if (Number.isSafeInteger(dueAt) && typeof id === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(id)) return { dueAt: dueAt as number, id }
  } catch {
    // Whatever it was, it is not one of ours.
  }
  throw new AppError('CURSOR_INVALID')
}
