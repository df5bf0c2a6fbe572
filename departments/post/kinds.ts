import type { Kind } from '../common/types.ts'

/** Takes in a parcel and gives it a tracking number; a postage that is told is collected from the recipient. */
export const postKinds: Readonly<Record<string, Kind>> = {
  parcel: {
    async handle(work) {
      const { postageFen } = work.fields
      return { result: { trackingNumber: trackingNumber(await work.next('parcel')), ...(postageFen === undefined ? {} : { postageFen }) } }
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
