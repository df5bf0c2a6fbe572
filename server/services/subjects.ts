import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import type { Application } from '../db/applications.ts'
import { findApplication } from '../db/applications.ts'
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

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Finds what a business key names; null for anything that is not ours. */
export async function findSubject(db: Knex, id: string): Promise<Subject | null> {
  if (!UUID.test(id)) return null
  const row = await findRow(db, id)
  const item = await findItem(db, row?.item_id ?? id)
  const application = await findApplication(db, item?.application_id ?? id)
  return application && { id, application, item, row }
}

/**
 * Finds a subject inside a transaction with its application locked first, so that all writers of one application queue up
 * in the same order and what was read stays true until the end.
 * @throws AppError SUBJECT_UNKNOWN
 */
export async function lockSubject(trx: Knex, id: string): Promise<Subject> {
  const seen = await findSubject(trx, id)
  if (!seen) throw new AppError('SUBJECT_UNKNOWN')
  if (!isPostgres(trx)) return seen
  // Not FOR UPDATE, which would also block the foreign-key checks of rows that others insert.
  await trx('application').where({ id: seen.application.id }).select('id').forNoKeyUpdate()
  return (await findSubject(trx, id))!
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
