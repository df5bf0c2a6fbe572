import { fieldError } from './errors.ts'

type Fields = Readonly<Record<string, unknown>>

/** 费款所属期, both ends YYYY-MM and included. */
export interface Period {
  readonly start: string
  readonly end: string
  readonly months: number
}

const LONGEST = 36

/**
 * Reads the period of a contribution. Left out, it is the year for residents, who pay by the year, and the month for
 * flexible workers.
 * @throws AppError FORM_INVALID when it ends before it starts or is longer than three years
 */
export function readPeriod(fields: Fields, today: string): Period {
  const isYearly = String(fields.insurance).startsWith('resident-')
  const year = today.slice(0, 4)
  const firstMonth = isYearly ? `${year}-01` : today
  const start = String(fields.periodStart ?? firstMonth).slice(0, 7)
  const months = fields.months === undefined ? undefined : Number(fields.months)
  const end = fields.periodEnd !== undefined
    ? String(fields.periodEnd).slice(0, 7)
    : monthAt(indexOf(start) + (months ?? (isYearly ? 12 - indexOf(start) % 12 : 1)) - 1)
  const length = indexOf(end) - indexOf(start) + 1
  if (length < 1) throw fieldError('/periodEnd', 'PERIOD_REVERSED', '费款所属期止不能早于费款所属期起')
  if (length > LONGEST) throw fieldError('/periodEnd', 'PERIOD_TOO_LONG', '费款所属期不能超过 36 个月')
  return { start, end, months: length }
}

function indexOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

function monthAt(index: number): string {
  return `${Math.floor(index / 12)}-${String(index % 12 + 1).padStart(2, '0')}`
}
