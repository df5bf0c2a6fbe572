import type { Knex } from 'knex'
import { dayOf } from './day-of.ts'
import { decidedSums, numbersOf } from './decided-sums.ts'
import type { DecidedSums } from './decided-sums.ts'
import { itemsOf } from './trend-queries.ts'
import type { Scope } from './trend-queries.ts'

/** Items that were decided, by everything that they can be told apart by. */
export interface DecidedGroup extends DecidedSums {
  readonly department: string
  readonly slug: string
  readonly division: string | null
  readonly channel: string
  readonly acceptedOn: string
  readonly decidedOn: string
  readonly decided: number
}

export interface RatedGroup extends Pick<DecidedGroup, 'department' | 'slug' | 'division' | 'channel'> {
  readonly level: number
  readonly count: number
}

const TELL_APART = ['item.department', 'item.slug', 'item.division', 'item.channel'] as const

/** Items decided since an instant (business ms), by what tells them apart and by the days of acceptance and decision. */
export async function countDecidedGroups(db: Knex, scope: Scope, since: number): Promise<DecidedGroup[]> {
  const day = dayOf(db, 'item.decided_at')
  const rows = await itemsOf(db, scope).where('item.decided_at', '>=', since).whereNotNull('item.outcome').whereNotNull('application.accepted_on')
    .select(
      ...TELL_APART, 'application.accepted_on as acceptedOn', db.raw(`${day} as "decidedOn"`), db.raw('count(*) as decided'), ...decidedSums(db)
    ).groupBy([...TELL_APART, 'application.accepted_on']).groupByRaw(day) as unknown as Record<string, unknown>[]
  return rows.map(row => numbersOf<DecidedGroup>(row, ['department', 'slug', 'division', 'channel', 'acceptedOn', 'decidedOn']))
}

/** Ratings of items since an instant (business ms), level 1 the best. */
export async function countRatedGroups(db: Knex, scope: Scope, since: number): Promise<RatedGroup[]> {
  const rows = await itemsOf(db, scope).join('rating', 'rating.item_id', 'item.id').where('rating.created_at', '>=', since)
    .select(...TELL_APART, 'rating.level').count('* as count').groupBy([...TELL_APART, 'rating.level'])
  return rows.map(row => ({ ...row, level: Number(row.level), count: Number(row.count) }) as unknown as RatedGroup)
}

/** What applicants were asked to correct since an instant (business ms): the JSON, field by field and material by material. */
export async function findCorrectionAsks(
  db: Knex, scope: Scope, since: number, limit: number
): Promise<readonly { readonly fields: string; readonly materials: string }[]> {
  return await itemsOf(db, scope).join('correction', 'correction.item_id', 'item.id').where('correction.opened_at', '>=', since)
    .orderBy('correction.opened_at', 'desc').limit(limit).select('correction.fields', 'correction.materials') as { fields: string; materials: string }[]
}

/**
 * Why items were refused since an instant (business ms), by code, each reason of an item once. What a clerk wrote about one
 * person is no name for a kind of reasons: of those there is no message.
 */
export async function countRejections(
  db: Knex, scope: Scope, since: number
): Promise<{ code: string; message: string | null; count: number }[]> {
  const rows = await itemsOf(db, scope).join('item_reason', 'item_reason.item_id', 'item.id')
    .where('item.decided_at', '>=', since).where('item.outcome', 'rejected')
    .whereIn('item_reason.source', ['rule', 'clerk', 'department'])
    .select('item_reason.code', db.raw("min(case when item_reason.source <> 'clerk' then item_reason.message end) as message"))
    .countDistinct('item.id as count').groupBy('item_reason.code') as unknown as { code: string; message: string | null; count: unknown }[]
  return rows.map(({ code, message, count }) => ({ code, message, count: Number(count) }))
}
