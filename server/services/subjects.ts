import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import type { Application } from '../db/applications.ts'
import { findApplication } from '../db/applications.ts'
import type { ClockInterval } from '../db/clock-intervals.ts'
import { findIntervals } from '../db/clock-intervals.ts'
import { holdHead } from '../db/audit.ts'
import { isPostgres } from '../db/connect.ts'
import type { ItemRow } from '../db/item-rows.ts'
import { findRow } from '../db/item-rows.ts'
import type { Item } from '../db/items.ts'
import { findItem } from '../db/items.ts'

/** What a business key names: the application (umbrella process), an item, or a row of a declaration. */
export interface Subject {
  readonly id: string
  readonly application: Application
  readonly item: Item | null
  readonly row: ItemRow | null
}

/** Whose it is: what an alert about it is found by. */
export function placeOf({ application, item }: Pick<Subject, 'application' | 'item'>) {
  const { region, department = null, division, slug = null } = item ?? { ...application, department: null, slug: null }
  return { region, department, division, slug, application_id: application.id }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Finds what a business key names; null for anything that is not ours. `lock` keeps other writers of its application waiting. */
export async function findSubject(db: Knex, id: string, lock = false): Promise<Subject | null> {
  if (!UUID.test(id)) return null
  // Every step of every case comes here: the owner is found within each query, which saves a round trip for each kind of key.
  if (isPostgres(db) && !lock) return findAtOnce(db, id)
  const application = await findApplication(db, db.raw(APPLICATION_OF, [id, id, id]), lock)
  if (!application) return null
  if (lock) holdHead(db, application)
  if (application.id === id) return { id, application, item: null, row: null }
  if (isPostgres(db)) {
    // A statement of its own: what was read together with the lock may be older than the lock.
    const found = await partsOf(db, id, WITHIN)
    return { id, application, item: found?.item ?? null, row: found?.row ?? null }
  }
  const item = await findItem(db, db.raw(ITEM_OF, [id, id]))
  return { id, application, item, row: item?.id === id ? null : await findRow(db, id) }
}

/** The same with the intervals of the key's own clock, in their order. */
export async function findWithIntervals(db: Knex, id: string): Promise<{ subject: Subject; intervals: ClockInterval[] } | null> {
  if (isPostgres(db)) {
    if (!UUID.test(id)) return null
    const found = await partsOf(db, id, `${WITHIN} ${ABOVE}`, `${INTERVALS}, `)
    const subject = subjectOf(id, found)
    return subject && { subject, intervals: found?.intervals ?? [] }
  }
  const subject = await findSubject(db, id)
  return subject && { subject, intervals: await findIntervals(db, id) }
}

type Parts = { readonly [P in 'application' | 'item' | 'row']?: Subject[P] | null } & { readonly intervals?: ClockInterval[] | null }

async function findAtOnce(db: Knex, id: string): Promise<Subject | null> {
  return subjectOf(id, await partsOf(db, id, `${WITHIN} ${ABOVE}`))
}

function subjectOf(id: string, found: Parts | undefined): Subject | null {
  return found?.application ? { id, application: found.application, item: found.item ?? null, row: found.row ?? null } : null
}

/** What a key belongs to, by one statement: each row as JSON, whose numbers are exact as all of ours are below 2^53. */
async function partsOf(db: Knex, id: string, sources: string, more = ''): Promise<Parts | undefined> {
  const told = `${more}${sources.includes(ABOVE) ? 'row_to_json(application) as application, ' : ''}`
  const { rows } = await db.raw<{ rows: Parts[] }>(
    `select ${told}row_to_json(item) as item, row_to_json(item_row) as row from (select cast(? as text) as id) as asked ${sources}`, [id]
  )
  return rows[0]
}

const WITHIN = 'left join item_row on item_row.id = asked.id left join item on item.id = coalesce(item_row.item_id, asked.id)'
const ABOVE = 'left join application on application.id = coalesce(item.application_id, asked.id)'
const INTERVALS = `(select json_agg(one order by started_on, id) from clock_interval as one where subject_id = asked.id) as intervals`
const APPLICATION_OF = `coalesce((select application_id from item where id = ?), (select application_id from item_row where id = ?), ?)`
const ITEM_OF = `coalesce((select item_id from item_row where id = ?), ?)`

/**
 * Finds a subject inside a transaction with its application locked first, so that all writers of one application queue up
 * in the same order and what was read stays true until the end.
 * @throws AppError SUBJECT_UNKNOWN
 */
export async function lockSubject(trx: Knex, id: string): Promise<Subject> {
  const subject = await findSubject(trx, id, true)
  if (!subject) throw new AppError('SUBJECT_UNKNOWN')
  return subject
}

/** Finds several subjects in three queries, by business key; unknown keys are left out. */
export async function findSubjects(db: Knex, ids: readonly string[]): Promise<Map<string, Subject>> {
  const keys = ids.filter(id => UUID.test(id))
  if (keys.length === 0) return new Map()
  const rows = new Map((await db<ItemRow>('item_row').whereIn('id', keys)).map(row => [row.id, row]))
  const itemIds = [...keys, ...[...rows.values()].map(row => row.item_id)]
  const items = new Map((await db<Item>('item').whereIn('id', itemIds)).map(item => [item.id, item]))
  const applicationIds = [...keys, ...[...items.values()].map(item => item.application_id)]
  const applications = new Map((await db<Application>('application').whereIn('id', applicationIds)).map(one => [one.id, one]))
  return new Map(keys.flatMap((id): [string, Subject][] => {
    const row = rows.get(id) ?? null
    const item = items.get(row?.item_id ?? id) ?? null
    const application = applications.get(item?.application_id ?? id)
    return application ? [[id, { id, application, item, row }]] : []
  }))
}
