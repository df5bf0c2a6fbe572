import type { Knex } from 'knex'
import { formatInstant } from '../../core/dates.ts'
import { findParcel, findParcels, updateParcel } from '../db/parcels.ts'
import type { ParcelStatus } from '../db/parcels.ts'

/** The way of a parcel; it never goes back to an earlier place, as call-backs may come out of order. */
const WAY: readonly ParcelStatus[] = ['posted', 'collected', 'in-transit', 'delivered', 'returned']

/** Where a parcel is by an event of the post; null for any other event. */
export function placeOf(eventType: string): ParcelStatus | null {
  return WAY.find(place => eventType === `parcel-${place}`) ?? null
}

/** Moves a parcel on; what the post collected at the door is kept. */
export async function moveParcel(
  trx: Knex, requestId: string, place: ParcelStatus, data: Readonly<Record<string, unknown>>, at: number
): Promise<void> {
  const parcel = await findParcel(trx, requestId)
  if (!parcel) return
  const isFurther = WAY.indexOf(place) > WAY.indexOf(parcel.status)
  const collected = Number.isSafeInteger(data.collectedFen) ? { collected_fen: data.collectedFen as number } : {}
  await updateParcel(trx, requestId, { ...(isFurther ? { status: place } : {}), ...collected }, at)
}

/** The matters for whose results the post has collected its postage at the door. */
export async function collectedFor(db: Knex, applicationId: string): Promise<ReadonlySet<string>> {
  const paid = (await findParcels(db, applicationId)).filter(({ collected_fen }) => collected_fen !== null)
  return new Set(paid.flatMap(({ items }) => JSON.parse(items) as string[]))
}

/** The parcels of an application as people see them. */
export async function parcelsOf(db: Knex, applicationId: string) {
  return (await findParcels(db, applicationId)).map(parcel => ({
    trackingNumber: parcel.tracking_number,
    status: parcel.status,
    matters: JSON.parse(parcel.items) as string[],
    postageFen: parcel.postage_fen,
    collectedFen: parcel.collected_fen,
    sentAt: formatInstant(parcel.sent_at),
    updatedAt: formatInstant(parcel.updated_at)
  }))
}
