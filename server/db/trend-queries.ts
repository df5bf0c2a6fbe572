import type { Knex } from 'knex'
import { dayOf } from './day-of.ts'
import { decidedSums, numbersOf } from './decided-sums.ts'
import type { DecidedSums } from './decided-sums.ts'
import { atRemit } from './remit.ts'
import type { Remit } from './remit.ts'
import { atCut } from './sla-queries.ts'
import type { Cut } from './sla-queries.ts'

/** Items of a remit and a cut. */
export interface Scope {
  readonly remit: Remit
  readonly cut: Cut
}

export interface DayCount {
  /** YYYY-MM-DD in Shanghai. */
  readonly day: string
  readonly count: number
}

export interface DecidedDay extends DayCount, Pick<DecidedSums, 'onTime' | 'immediate' | 'atOnce'> {}

/** Items accepted on each day since an instant (business ms). */
export async function countAcceptedByDay(db: Knex, scope: Scope, since: number): Promise<DayCount[]> {
  const rows = await acceptedItems(db, scope).where('application.accepted_at', '>=', since)
    .select('application.accepted_on as day').count('* as count').groupBy('application.accepted_on') as unknown as { day: string; count: unknown }[]
  return rows.map(({ day, count }) => ({ day, count: Number(count) }))
}

/** Items decided on each day since an instant (business ms), and how. */
export async function countDecidedByDay(db: Knex, scope: Scope, since: number): Promise<DecidedDay[]> {
  const day = dayOf(db, 'item.decided_at')
  const rows = await acceptedItems(db, scope).where('item.decided_at', '>=', since)
    .select(db.raw(`${day} as day`), db.raw('count(*) as count'), ...decidedSums(db)).groupByRaw(day) as unknown as Record<string, unknown>[]
  return rows.map(row => numbersOf<DecidedDay>(row, ['day']))
}

/** How many items were accepted and not decided at an instant (business ms). */
export async function countOpenAt(db: Knex, scope: Scope, at: number): Promise<number> {
  const [row] = await acceptedItems(db, scope).where('application.accepted_at', '<', at)
    .andWhere(open => open.whereNull('item.decided_at').orWhere('item.decided_at', '>=', at)).count('* as count')
  return Number(row!.count)
}

export interface OldestItem {
  readonly id: string
  readonly application_id: string
  readonly number: string
  readonly slug: string
  readonly accepted_on: string
}

/** The item that has been open for longest. */
export async function findOldestOpen(db: Knex, scope: Scope): Promise<OldestItem | undefined> {
  return await acceptedItems(db, scope).whereNull('item.decided_at').orderBy([{ column: 'application.accepted_at' }, { column: 'item.id' }])
    .select('item.id', 'item.application_id', 'application.number', 'item.slug', 'application.accepted_on').first() as OldestItem | undefined
}

/** Items of a remit and a cut, joined with their applications. */
export function itemsOf(db: Knex, { remit, cut }: Scope): Knex.QueryBuilder {
  return atCut(atRemit(db('item').join('application', 'application.id', 'item.application_id'), remit, 'item'), cut)
}

function acceptedItems(db: Knex, scope: Scope): Knex.QueryBuilder {
  return itemsOf(db, scope).whereNotNull('application.accepted_at')
}
