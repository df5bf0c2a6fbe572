import type { Kind } from '../common/types.ts'

/** Days after the parcel was taken in. */
const COLLECTED_DAYS = 0.25
const IN_TRANSIT_DAYS = 1
const DELIVERED_DAYS = 2

/**
 * Takes in a parcel, gives it a tracking number and tells its way by call-backs: collected, in transit, delivered. A postage that
 * is told is collected from the recipient at the door, and the last call-back says so.
 */
export const postKinds: Readonly<Record<string, Kind>> = {
  parcel: {
    callsBack: true,
    async handle(work) {
      const { postageFen } = work.fields
      const number = trackingNumber(await work.next('parcel'))
      const data = { trackingNumber: number }
      return {
        result: { ...data, ...(postageFen === undefined ? {} : { postageFen }) },
        later: [
          { type: 'parcel-collected', afterDays: COLLECTED_DAYS, data },
          { type: 'parcel-in-transit', afterDays: IN_TRANSIT_DAYS, data },
          { type: 'parcel-delivered', afterDays: DELIVERED_DAYS, data: { ...data, ...(postageFen ? { collectedFen: postageFen } : {}) } }
        ]
      }
    }
  }
}

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7]

/** UPU S10: two letters, eight digits, check digit, country. */
export function trackingNumber(sequence: number): string {
  const digits = String(sequence).padStart(8, '0')
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  const check = 11 - sum % 11
  return `EA${digits}${check === 10 ? 0 : check === 11 ? 5 : check}CN`
}
