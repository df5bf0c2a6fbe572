import type { Knex } from 'knex'
import { dayOf } from './day-of.ts'
import { itemsOf } from './trend-queries.ts'
import type { Scope } from './trend-queries.ts'

/** What the notice promised to save, as counted over the cases submitted since an instant. */
export interface EffectCounts {
  readonly cases: number
  /** Matters, and departments, of these cases together: so many applications and offices one form stood for. */
  readonly matters: number
  readonly departments: number
  /** Licences that made a material needless, and materials that people had to hand in. */
  readonly exempt: number
  readonly uploaded: number
  /** Days on which somebody had to stand at a window: to apply, to show an original, to fetch the result. */
  readonly visits: number
}

/** Counts over whole cases with an item within the scope that were submitted since an instant (business ms). */
export async function countEffects(db: Knex, scope: Scope, since: number): Promise<EffectCounts> {
  const within = () => itemsOf(db, scope).where('application.submitted_at', '>=', since)
  const ids = () => within().select('item.application_id')
  const one = async (query: Knex.QueryBuilder): Promise<number> => Number((await query as { count: unknown }[])[0]!.count)
  const submittedOn = dayOf(db, 'application.submitted_at')
  const checkedOn = dayOf(db, 'original_check.checked_at')
  const shown = db('original_check').join('application', 'application.id', 'original_check.application_id')
    .whereIn('original_check.application_id', ids()).where('original_check.way', 'window')
    // Who applied at a window showed it in the same visit.
    .whereRaw(`not (application.channel = 'window' and ${checkedOn} = ${submittedOn})`)
    .select('original_check.application_id').select(db.raw(`${checkedOn} as day`)).groupBy('original_check.application_id').groupByRaw(checkedOn)
  const [cases, matters, departments, exempt, uploaded, applied, looked, fetched] = await Promise.all([
    one(within().countDistinct('item.application_id as count')),
    one(within().count('* as count')),
    one(db.from(within().distinct('item.application_id', 'item.department').as('pairs')).count('* as count') as unknown as Knex.QueryBuilder),
    one(db('licence_check').whereIn('application_id', ids()).where({ outcome: 'found' }).count('* as count')),
    one(db.from(db('material').whereIn('application_id', ids()).distinct('application_id', 'code').as('handed'))
      .count('* as count') as unknown as Knex.QueryBuilder),
    one(within().where('application.channel', 'window').countDistinct('item.application_id as count')),
    one(db.from(shown.as('shown')).count('* as count') as unknown as Knex.QueryBuilder),
    one(within().where('item.delivery_method', 'window').whereNotNull('item.delivered_at').countDistinct('item.application_id as count'))
  ])
  return { cases, matters, departments, exempt, uploaded, visits: applied + looked + fetched }
}

/** Cases that were wholly decided since an instant (business ms), by the days of acceptance and of the last decision. */
export async function countFinishedCases(
  db: Knex, scope: Scope, since: number
): Promise<{ acceptedOn: string; decidedOn: string; count: number }[]> {
  const finished = db('item').join('application', 'application.id', 'item.application_id')
    .whereIn('item.application_id', itemsOf(db, scope).where('item.decided_at', '>=', since).select('item.application_id'))
    .whereNotNull('application.accepted_on').groupBy('item.application_id', 'application.accepted_on')
    .havingRaw('count(*) = count(item.decided_at)')
    .select('application.accepted_on as acceptedOn').max('item.decided_at as last').as('finished')
  const day = dayOf(db, 'last')
  const rows = await db.from(finished).select('acceptedOn', db.raw(`${day} as "decidedOn"`), db.raw('count(*) as count'))
    .groupBy('acceptedOn').groupByRaw(day) as unknown as { acceptedOn: string; decidedOn: string; count: unknown }[]
  return rows.map(row => ({ ...row, count: Number(row.count) }))
}
