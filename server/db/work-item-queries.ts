import type { Knex } from 'knex'
import { NEVER } from '../../core/dates.ts'
import type { WorkItem } from './work-items.ts'

/** One desk: a group, and the division it answers for ('' = all of the region, 4501 = all that begin so, 450103 = that one). */
export interface Desk {
  readonly department: string
  readonly divisionPrefix: string
}

export interface WorkItemFilter {
  readonly region: string
  /** What the asker may see; nothing else is ever found. */
  readonly desks: readonly Desk[]
  /** Holder; null = nobody's; undefined = whoever's. */
  readonly assignee?: string | null
  readonly applicationId?: string
  readonly slug?: string
  /** Due in [from, to), business ms. */
  readonly due?: { readonly from?: number; readonly to?: number }
  /** Only tasks of items that are past (true) or not past (false) their red date on this day. */
  readonly red?: { readonly today: string; readonly isPast: boolean }
  /** Only tasks of these applications. */
  readonly found?: (db: Knex) => Knex.QueryBuilder
}

export interface WorkItemPage {
  /** Only rows after this one. */
  readonly after: { readonly dueAt: number; readonly id: string } | null
  readonly limit: number
}

const COUNTY = 6

/** Open tasks, the most urgent first, by keyset on (due date, id); tasks without a due date come last. */
export function listWorkItems(db: Knex, filter: WorkItemFilter, { after, limit }: WorkItemPage): Promise<WorkItem[]> {
  const query = db<WorkItem>('work_item').where({ state: 'open', region: filter.region })
    .andWhere(desks => { for (const desk of filter.desks) desks.orWhere(one => atDesk(one, desk)) })
  if (filter.desks.length === 0) query.whereRaw('1 = 0')
  if (filter.assignee !== undefined) query.where({ assignee: filter.assignee })
  if (filter.applicationId !== undefined) query.where({ application_id: filter.applicationId })
  if (filter.slug !== undefined) query.where({ slug: filter.slug })
  if (filter.due?.from !== undefined) query.where('due_at', '>=', filter.due.from)
  if (filter.due?.to !== undefined) query.where('due_at', '<', filter.due.to)
  if (filter.red) {
    const past = db('item').select('id').whereRaw('item.id = work_item.item_id').where('red_due', '<', filter.red.today)
    if (filter.red.isPast) query.whereExists(past)
    else query.whereNotExists(past)
  }
  if (filter.found) query.whereIn('application_id', filter.found(db) as never)
  if (after) {
    query.andWhere(later => later.where('due_at', '>', after.dueAt)
      .orWhere(same => same.where('due_at', after.dueAt).andWhere('id', '>', after.id)))
  }
  return query.orderBy([{ column: 'due_at' }, { column: 'id' }]).limit(limit)
}

/** The due date of a task, null for one without. */
export function dueOf({ due_at }: Pick<WorkItem, 'due_at'>): number | null {
  return due_at >= NEVER ? null : due_at
}

function atDesk(query: Knex.QueryBuilder, { department, divisionPrefix }: Desk): void {
  query.where({ department })
  if (divisionPrefix.length === COUNTY) query.where({ division: divisionPrefix })
  else if (divisionPrefix !== '') query.whereLike('division', `${divisionPrefix}%`)
}
