import type { Knex } from 'knex'
import { decidedSums, numbersOf } from './decided-sums.ts'
import type { DecidedSums } from './decided-sums.ts'
import { atRemit } from './remit.ts'
import type { Remit } from './remit.ts'

export interface DecidedCount extends DecidedSums {
  readonly slug: string
  readonly decided: number
}

/** Items of a remit that were decided since an instant (ms), by matter. */
export async function countDecided(db: Knex, remit: Remit, since: number): Promise<DecidedCount[]> {
  const rows = await atRemit(db('item'), remit).where('decided_at', '>=', since).whereNotNull('outcome')
    .select('slug', db.raw('count(*) as decided'), ...decidedSums(db)).groupBy('slug') as unknown as Record<string, unknown>[]
  return rows.map(row => numbersOf<DecidedCount>(row, ['slug']))
}

export interface Holder {
  readonly assignee: string | null
  readonly department: string
}

/** The open task of each item, the oldest first. */
export async function findHolders(db: Knex, itemIds: readonly string[]): Promise<Map<string, Holder>> {
  const rows: (Holder & { item_id: string })[] = itemIds.length === 0 ? [] : await db('work_item')
    .whereIn('item_id', [...itemIds]).where({ state: 'open' }).orderBy('created_at', 'desc').select('item_id', 'assignee', 'department')
  return new Map(rows.map(({ item_id, assignee, department }) => [item_id, { assignee, department }]))
}

export interface HeldItem {
  readonly id: string
  readonly slug: string
  /** Business ms. */
  readonly accepted_at: number
  readonly decided_at: number | null
}

/** Items of one case, or those that were decided since an instant, the last first. */
export async function findDecidedItems(
  db: Knex, remit: Remit, which: { readonly applicationId: string } | { readonly since: number; readonly limit: number }
): Promise<HeldItem[]> {
  const query = atRemit(db('item').join('application', 'application.id', 'item.application_id'), remit, 'item').whereNotNull('application.accepted_at')
  if ('applicationId' in which) query.where('item.application_id', which.applicationId).orderBy('item.created_at')
  else query.where('item.decided_at', '>=', which.since).orderBy('item.decided_at', 'desc').limit(which.limit)
  return await query.select('item.id', 'item.slug', 'application.accepted_at', 'item.decided_at') as HeldItem[]
}

/** A time in which somebody had to act; `to` is null while it lasts. */
export interface Holding {
  readonly holder: 'applicant' | 'desk'
  readonly department: string | null
  readonly from: number
  readonly to: number | null
}

/** The tasks and the corrections of items, by item. */
export async function findHoldings(db: Knex, itemIds: readonly string[]): Promise<Map<string, Holding[]>> {
  const found = new Map<string, Holding[]>(itemIds.map(id => [id, []]))
  for (let start = 0; start < itemIds.length; start += 500) {
    const ids = itemIds.slice(start, start + 500)
    const tasks = await db('work_item').whereIn('item_id', ids).select('item_id', 'department', 'created_at', 'ended_at') as
      { item_id: string; department: string; created_at: number; ended_at: number | null }[]
    const corrections = await db('correction').whereIn('item_id', ids).whereNotNull('opened_at').select('item_id', 'opened_at', 'submitted_at') as
      { item_id: string; opened_at: number; submitted_at: number | null }[]
    for (const { item_id, department, created_at, ended_at } of tasks) {
      found.get(item_id)?.push({ holder: 'desk', department, from: created_at, to: ended_at })
    }
    for (const { item_id, opened_at, submitted_at } of corrections) {
      found.get(item_id)?.push({ holder: 'applicant', department: null, from: opened_at, to: submitted_at })
    }
  }
  return found
}

export interface QueuedTask {
  readonly application_id: string
  readonly number: string
  readonly item_id: string
  readonly slug: string
  readonly department: string
  readonly division: string | null
  readonly promised_due: string | null
}

/** Open tasks of items within a remit, in the order in which a desk should take them. */
export async function findQueues(db: Knex, remit: Remit): Promise<QueuedTask[]> {
  return await atRemit(db('work_item').join('item', 'item.id', 'work_item.item_id').join('application', 'application.id', 'item.application_id'), remit, 'work_item')
    .where('work_item.state', 'open').orderBy([{ column: 'work_item.due_at' }, { column: 'work_item.id' }])
    .select('item.application_id', 'application.number', 'work_item.item_id', 'item.slug', 'work_item.department', 'work_item.division', 'item.promised_due') as QueuedTask[]
}

export interface EndedTask {
  readonly department: string
  readonly division: string | null
  readonly slug: string
  readonly created_at: number
  readonly ended_at: number
}

/** Tasks of items within a remit that ended since an instant (business ms). */
export async function findEndedTasks(db: Knex, remit: Remit, since: number): Promise<EndedTask[]> {
  return await atRemit(db('work_item'), remit).where('ended_at', '>=', since).whereNotNull('item_id').whereNotNull('slug')
    .select('department', 'division', 'slug', 'created_at', 'ended_at') as EndedTask[]
}
