import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import type { Application } from '../db/applications.ts'
import { findApplication } from '../db/applications.ts'
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

/** Finds what a business key names; null for anything that is not ours. `lock` keeps other writers of its application waiting. */
export async function findSubject(db: Knex, id: string, lock = false): Promise<Subject | null> {
  if (!UUID.test(id)) return null
  // Every step of every case comes here: the owner is found within each query, which saves a round trip for each kind of key.
  const application = await findApplication(db, db.raw(APPLICATION_OF, [id, id, id]), lock)
  if (!application) return null
  if (application.id === id) return { id, application, item: null, row: null }
  const item = await findItem(db, db.raw(ITEM_OF, [id, id]))
  return { id, application, item, row: item?.id === id ? null : await findRow(db, id) }
}

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
