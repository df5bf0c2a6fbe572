import type { Knex } from 'knex'

export type ParcelStatus = 'posted' | 'collected' | 'in-transit' | 'delivered' | 'returned'

/** Results on their way to the applicant. Instants are milliseconds UTC of the business clock. */
export interface Parcel {
  /** Request id of the call that handed it to the post. */
  readonly id: string
  readonly application_id: string
  readonly tracking_number: string
  readonly status: ParcelStatus
  /** Postage that the recipient pays at the door; null for none. */
  readonly postage_fen: number | null
  /** What the post says that it collected. */
  readonly collected_fen: number | null
  /** JSON: slugs of the matters whose results are in it. */
  readonly items: string
  readonly sent_at: number
  readonly updated_at: number
}

export async function insertParcel(db: Knex, parcel: Omit<Parcel, 'status' | 'collected_fen' | 'updated_at'>): Promise<void> {
  await db('parcel').insert({ ...parcel, status: 'posted', collected_fen: null, updated_at: parcel.sent_at })
}

export async function findParcel(db: Knex, id: string): Promise<Parcel | null> {
  return await db<Parcel>('parcel').where({ id }).first() ?? null
}

export function findParcels(db: Knex, applicationId: string): Promise<Parcel[]> {
  return db<Parcel>('parcel').where({ application_id: applicationId }).orderBy([{ column: 'sent_at' }, { column: 'id' }])
}

export async function updateParcel(db: Knex, id: string, patch: Partial<Pick<Parcel, 'status' | 'collected_fen'>>, at: number): Promise<void> {
  await db('parcel').where({ id }).update({ ...patch, updated_at: at })
}
