import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Application } from './applications.ts'
import { groupBy } from './group-by.ts'

export type ItemStatus =
  | 'submitted' | 'accepted' | 'waiting' | 'reviewing' | 'correcting'
  | 'approved' | 'rejected' | 'withdrawn' | 'not-accepted' | 'delivered'

/** One row of `item` (子件). Instants are milliseconds UTC, dates `YYYY-MM-DD`. */
export interface Item {
  id: string
  application_id: string
  slug: string
  region: string
  department: string
  division: string
  /** Of its application. */
  channel: Application['channel']
  status: ItemStatus
  outcome: 'approved' | 'rejected' | 'withdrawn' | 'not-accepted' | null
  person_key: string
  promised_due: string | null
  statutory_due: string | null
  red_due: string | null
  deadline_kind: string | null
  is_provisional: boolean
  /** What was promised at acceptance, in working days; null for what was accepted before it was kept. */
  promised_days: number | null
  statutory_days: number | null
  receipt_number: string | null
  receipt_issued_at: number | null
  delivery_method: string | null
  delivered_at: number | null
  round: number
  withdraw_requested_at: number | null
  has_incident: boolean
  decided_at: number | null
  version: number
  created_at: number
  updated_at: number
}

export type ItemPatch = Partial<Omit<Item, 'id' | 'application_id' | 'channel' | 'created_at' | 'updated_at' | 'version'>>

/** A reason shown to applicant and clerk beside an item or one of its rows. */
export interface ItemReason {
  id: string
  item_id: string
  row_id: string | null
  code: string
  rule_id: string | null
  clause: string | null
  message: string
  source: 'rule' | 'clerk' | 'department' | 'applicant' | 'system'
  created_at: number
}

export interface NewReason {
  readonly code: string
  readonly message: string
  readonly source: ItemReason['source']
  readonly rowId?: string | null
  readonly ruleId?: string | null
  readonly clause?: string | null
}

/** The states in which an item is settled: nothing more is decided about it. */
export const DECIDED: readonly ItemStatus[] = ['approved', 'rejected', 'withdrawn', 'not-accepted', 'delivered']

export async function findItem(db: Knex, id: string | Knex.Raw): Promise<Item | null> {
  return await db<Item>('item').where('id', id).first() ?? null
}

export async function findItemBySlug(db: Knex, applicationId: string, slug: string): Promise<Item | null> {
  return await db<Item>('item').where({ application_id: applicationId, slug }).first() ?? null
}

/** All items of one application, in the order in which they were created. */
export async function findItemsOfApplication(db: Knex, applicationId: string): Promise<Item[]> {
  return (await findItemsOfApplications(db, [applicationId])).get(applicationId) ?? []
}

/** The items of several applications in one query, by application id. */
export async function findItemsOfApplications(db: Knex, ids: readonly string[]): Promise<Map<string, Item[]>> {
  const rows = ids.length
    ? await db<Item>('item').whereIn('application_id', [...ids]).orderBy([{ column: 'created_at' }, { column: 'slug' }])
    : []
  return groupBy(rows, item => item.application_id)
}

/** An undecided item of a person, with the number of the application it belongs to. */
export interface OpenItem {
  readonly slug: string
  readonly number: string
}

export async function findOpenItemsOfPerson(db: Knex, personKey: string, region: string): Promise<OpenItem[]> {
  return await db('item')
    .join('application', 'application.id', 'item.application_id')
    .where({ 'item.person_key': personKey, 'item.region': region })
    .whereNotIn('item.status', [...DECIDED])
    .orderBy('item.created_at')
    .select('item.slug', 'application.number')
}

export async function insertItems(db: Knex, items: readonly Item[]): Promise<void> {
  await db('item').insert([...items])
}

/** Changes columns of one item, counts its version up; `at` (ms) becomes `updated_at`. */
export async function updateItem(db: Knex, id: string, patch: ItemPatch, at: number): Promise<void> {
  await db('item').where({ id }).update({ ...patch, updated_at: at, version: db.raw('version + 1') })
}

/** Says whose the items of an application are; only those that were somebody else's change. */
export async function setPersonOfItems(db: Knex, applicationId: string, personKey: string, at: number): Promise<void> {
  await db('item').where({ application_id: applicationId }).whereNot({ person_key: personKey })
    .update({ person_key: personKey, updated_at: at, version: db.raw('version + 1') })
}

/** Open items with a date on or after a day, by keyset on the id. */
export async function listOpenDatedFrom(db: Knex, date: string, after: string, limit: number): Promise<string[]> {
  return await db('item').whereNull('decided_at').whereIn('status', ['accepted', 'reviewing', 'correcting']).where('id', '>', after)
    .andWhere(any => any.where('promised_due', '>=', date).orWhere('statutory_due', '>=', date).orWhere('red_due', '>=', date))
    .orderBy('id').limit(limit).pluck('id') as string[]
}

/** Adds reasons to an item; `at` is their instant (ms). */
export async function addReasons(
  db: Knex, itemId: string, reasons: readonly NewReason[], at: number = Date.now()
): Promise<void> {
  if (reasons.length === 0) return
  await db('item_reason').insert(reasons.map(({ rowId, ruleId, clause, ...reason }) => ({
    ...reason,
    id: randomUUID(),
    item_id: itemId,
    row_id: rowId ?? null,
    rule_id: ruleId ?? null,
    clause: clause ?? null,
    created_at: at
  })))
}

/** Reasons of several items in one query, by item id, oldest first. */
export async function findReasons(db: Knex, itemIds: readonly string[]): Promise<Map<string, ItemReason[]>> {
  const rows = itemIds.length
    ? await db<ItemReason>('item_reason').whereIn('item_id', [...itemIds]).orderBy([{ column: 'created_at' }, { column: 'id' }])
    : []
  return groupBy(rows, reason => reason.item_id)
}
