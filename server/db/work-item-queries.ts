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
  readonly kind?: string
  /** Six digits. */
  readonly division?: string
  /** Channel of the application. */
  readonly channel?: string
  /** Only tasks that came into being at or after this instant, business ms. */
  readonly since?: number
  /** Only tasks about which this account was asked for an opinion and has not answered. */
  readonly addressee?: string
  /** Not the open tasks but those whose correction the applicant has still to hand in. */
  readonly isCorrecting?: boolean
  /** Due in [from, to), business ms. */
  readonly due?: { readonly from?: number; readonly to?: number }
  /** Only tasks that are (true) or are not yet (false) to be warned of. */
  readonly warned?: Warning & { readonly isWarned: boolean }
  /** Only tasks of items that are past (true) or not past (false) their red date on this day. */
  readonly red?: { readonly today: string; readonly isPast: boolean }
  /** Only tasks of these applications. */
  readonly found?: (db: Knex) => Knex.QueryBuilder
}

/** Of what is due before an instant one is warned; what is done at once (即办件) has an instant of its own, never a later one. */
export interface Warning {
  /** Business ms. */
  readonly before: number
  readonly immediateBefore: number
}

export interface WorkItemPage {
  /** Only rows after this one. */
  readonly after: { readonly key: number; readonly id: string } | null
  readonly limit: number
}

const COUNTY = 6

/** Tasks of a filter, the most urgent first, by keyset on (due date, id); tasks without a due date come last. */
export async function listWorkItems(db: Knex, filter: WorkItemFilter, { after, limit }: WorkItemPage): Promise<WorkItem[]> {
  const pages = await Promise.all(apart(filter.desks).map(desk => {
    const query = filtered(db, filter, desk)
    if (after) query.whereRaw('(due_at, id) > (?, ?)', [after.key, after.id])
    return query.orderBy([{ column: 'due_at' }, { column: 'id' }]).limit(limit)
  }))
  if (pages.length === 1) return pages[0]!
  return pages.flat().sort((one, other) => one.due_at - other.due_at || (one.id < other.id ? -1 : 1)).slice(0, limit)
}

/** How many tasks a filter finds, counted no further than `most`. */
export async function countWorkItems(db: Knex, filter: WorkItemFilter, most: number): Promise<number> {
  const counts = await Promise.all(apart(filter.desks).map(async desk => {
    const [row] = await db.count<{ count: number }[]>('* as count').from(filtered(db, filter, desk).select('id').limit(most).as('some'))
    return Number(row?.count ?? 0)
  }))
  return Math.min(most, counts.reduce((sum, count) => sum + count, 0))
}

/** Each desk is asked for by itself, as an index gives the order of one only; what another covers is left out. */
function apart(desks: readonly Desk[]): Desk[] {
  return desks.filter((desk, index) => !desks.some((other, place) => place !== index && other.department === desk.department &&
    desk.divisionPrefix.startsWith(other.divisionPrefix) && (desk.divisionPrefix !== other.divisionPrefix || place < index)))
}

function filtered(db: Knex, filter: WorkItemFilter, desk: Desk): Knex.QueryBuilder<WorkItem, WorkItem[]> {
  const query = db<WorkItem>('work_item').where({ region: filter.region })
  atDesk(query, desk)
  if (filter.isCorrecting) query.whereIn('state', ['decided', 'completed']).whereIn('id', awaitingCorrection(db) as never)
  else query.where({ state: 'open' })
  if (filter.assignee !== undefined) query.where({ assignee: filter.assignee })
  for (const [column, value] of Object.entries(plainColumns(filter))) if (value !== undefined) query.where(column, value)
  if (filter.since !== undefined) query.where('created_at', '>=', filter.since)
  if (filter.due?.from !== undefined) query.where('due_at', '>=', filter.due.from)
  if (filter.due?.to !== undefined) query.where('due_at', '<', filter.due.to)
  if (filter.warned) whereWarned(db, query, filter.warned)
  if (filter.red) {
    const past = db('item').select('id').whereRaw('item.id = work_item.item_id').where('red_due', '<', filter.red.today)
    if (filter.red.isPast) query.whereExists(past)
    else query.whereNotExists(past)
  }
  if (filter.channel !== undefined) {
    query.whereExists(db('application').select('id').whereRaw('application.id = work_item.application_id').where({ channel: filter.channel }))
  }
  if (filter.addressee !== undefined) query.whereIn('id', openQuestions(db, filter.addressee) as never)
  if (filter.found) query.whereIn('application_id', filter.found(db) as never)
  return query
}

function whereWarned(db: Knex, query: Knex.QueryBuilder, { isWarned, before, immediateBefore }: NonNullable<WorkItemFilter['warned']>): void {
  const immediate = db('item').select('id').whereRaw('item.id = work_item.item_id').where({ deadline_kind: 'immediate' })
  if (isWarned) query.where('due_at', '<', before).andWhere(one => one.where('due_at', '<', immediateBefore).orWhereNotExists(immediate))
  else query.where('due_at', '>=', immediateBefore).andWhere(one => one.where('due_at', '>=', before).orWhereExists(immediate))
}

function plainColumns({ applicationId, slug, kind, division }: WorkItemFilter) {
  return { application_id: applicationId, slug, kind, division }
}

/** The task that asked for a correction is the one whose decision has the correction's id. */
function awaitingCorrection(db: Knex): Knex.QueryBuilder {
  return db('decision').join('correction', 'correction.id', 'decision.id').where({ 'correction.status': 'open' })
    .whereNull('decision.undone_at').select('decision.task_id')
}

function openQuestions(db: Knex, addressee: string): Knex.QueryBuilder {
  return db('task_remark').where({ kind: 'question', addressee }).whereNull('answered_at').select('task_id')
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
