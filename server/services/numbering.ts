import type { Knex } from 'knex'
import type { Region } from '../../core/region.ts'

/**
 * Issues the next 办件编号 of a region and day: six digits of the region, the date, the region's label, six digits of the day's
 * sequence and a check digit. `trx` holds the day's row until its end, so no number is given twice; one that is rolled back
 * may be given again, and gaps do not arise.
 */
export async function issueNumber(trx: Knex, region: Pick<Region, 'slug' | 'code' | 'numbering'>, date: string): Promise<string> {
  const [row] = await trx('number_sequence')
    .insert({ region: region.slug, day: date, last: 1 })
    .onConflict(['region', 'day'])
    .merge({ last: trx.raw('number_sequence.last + 1') })
    .returning('last') as { last: number }[]
  return formatNumber(region, date, row?.last ?? 1)
}

/** `450000` + `20260324` + `YJS` + `000001` + check digit. */
export function formatNumber({ code, numbering }: Pick<Region, 'code' | 'numbering'>, date: string, sequence: number): string {
  const body = `${code}${date.replaceAll('-', '')}${numbering.label}${String(sequence).padStart(6, '0')}`
  return `${body}${checkDigit(body)}`
}

/** Whether a number's check digit fits, so that a mistyped one is told from an unknown one. */
export function isNumber(text: string): boolean {
  return /^\d{14}[A-Z]{2,8}\d{7,}$/.test(text) && text.endsWith(checkDigit(text.slice(0, -1)))
}

/** Luhn over the digits; letters are left out. */
function checkDigit(text: string): string {
  const digits = text.replace(/\D/g, '').split('').reverse().map(Number)
  const sum = digits.reduce((total, digit, index) => {
    const weighted = index % 2 === 0 ? digit * 2 : digit
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return String((10 - sum % 10) % 10)
}
