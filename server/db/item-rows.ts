import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Assessment } from '../../core/matter.ts'
import type { CryptoProvider } from '../crypto/crypto-provider.ts'
import { groupBy } from './group-by.ts'

export type RowStatus = 'waiting' | 'reviewing' | 'approved' | 'rejected' | 'withdrawn'

/** One row of `item_row`: one insurance of a contribution declaration (费申报分行). Instants are milliseconds UTC. */
export interface ItemRow {
  id: string
  item_id: string
  application_id: string
  /** Slug of the insurance = slug of the matter that registers it. */
  insurance: string
  status: RowStatus
  outcome: 'approved' | 'rejected' | 'withdrawn' | null
  /** No registration of this application: the department's records must show an enrolment. */
  rests_on_existing: boolean
  /** Slug of the registration the row waits for; null when it starts at once. */
  waiting_for: string | null
  amount_fen: number | null
  /** What the tax department found beside the sum, sealed; see `readAssessment`. */
  assessment_enc: string | null
  payment_status: 'due' | 'paid' | 'failed' | null
  receipt_number: string | null
  receipt_issued_at: number | null
  has_incident: boolean
  decided_at: number | null
  created_at: number
  updated_at: number
}

export type RowPatch = Partial<Omit<ItemRow, 'id' | 'item_id' | 'application_id' | 'created_at' | 'updated_at'>>

export interface NewRow {
  readonly itemId: string
  readonly applicationId: string
  readonly insurance: string
  /** Whether this application also registers the insurance. */
  readonly isRegisteredHere: boolean
}

/** The states in which a row is settled. */
export const DECIDED_ROWS: readonly RowStatus[] = ['approved', 'rejected', 'withdrawn']

/** Adds the rows of a declaration at submission; each waits for its registration when this application selects it. */
export async function insertRows(db: Knex, rows: readonly NewRow[], at: number): Promise<void> {
  if (rows.length === 0) return
  await db('item_row').insert(rows.map(({ itemId, applicationId, insurance, isRegisteredHere }) => ({
    id: randomUUID(), item_id: itemId, application_id: applicationId, insurance, status: 'waiting',
    rests_on_existing: !isRegisteredHere, waiting_for: isRegisteredHere ? insurance : null,
    has_incident: false, created_at: at, updated_at: at
  })))
}

export async function findRow(db: Knex, id: string): Promise<ItemRow | null> {
  return await db<ItemRow>('item_row').where({ id }).first() ?? null
}

export function findRowsOfItem(db: Knex, itemId: string): Promise<ItemRow[]> {
  return db<ItemRow>('item_row').where({ item_id: itemId }).orderBy('insurance')
}

export function findRowsOfApplication(db: Knex, applicationId: string): Promise<ItemRow[]> {
  return db<ItemRow>('item_row').where({ application_id: applicationId }).orderBy('insurance')
}

/** The rows of several items in one query, by item id. */
export async function findRowsOfItems(db: Knex, itemIds: readonly string[]): Promise<Map<string, ItemRow[]>> {
  const rows = itemIds.length ? await db<ItemRow>('item_row').whereIn('item_id', [...itemIds]).orderBy('insurance') : []
  return groupBy(rows, row => row.item_id)
}

/** The rows of several applications in one query, by application id. */
export async function findRowsOfApplications(db: Knex, ids: readonly string[]): Promise<Map<string, ItemRow[]>> {
  const rows = ids.length ? await db<ItemRow>('item_row').whereIn('application_id', [...ids]).orderBy('insurance') : []
  return groupBy(rows, row => row.application_id)
}

export async function updateRow(db: Knex, id: string, patch: RowPatch, at: number): Promise<void> {
  await db('item_row').where({ id }).update({ ...patch, updated_at: at })
}

interface Sealing {
  readonly crypto: CryptoProvider
}

const CELL = ['item_row', 'assessment_enc'] as const

/** The column `assessment_enc` of a row. */
export function sealAssessment({ crypto }: Sealing, id: string, assessment: Assessment): string {
  return crypto.encrypt(...CELL, id, JSON.stringify(assessment))
}

/** What the tax department found for a row; null before it has assessed. */
export function readAssessment({ crypto }: Sealing, { id, assessment_enc: sealed }: ItemRow): Assessment | null {
  return sealed === null ? null : JSON.parse(crypto.decrypt(...CELL, id, sealed)) as Assessment
}
