import type { Period } from './contribution-period.ts'
import { fieldError } from './errors.ts'
import { shareOf, sumFen } from './money.ts'

type Fields = Readonly<Record<string, unknown>>

/** `regions/<region>/rates.json`: what is paid for which insurance; `note` says what the figures are worth. */
export interface Rates {
  readonly note: string
  readonly rows: readonly Rate[]
}

interface RateBase {
  readonly insurance: string
  /** `main`, or the option that adds this line. */
  readonly key: string
  /** 征收品目 and 征收子目. */
  readonly item: string
  readonly subitem: string
  readonly status: 'verified' | 'unverified'
  readonly source: string
  /** MM-DD: the line is due only when the current year is paid for on that day or later. */
  readonly paidFrom?: string
  /** MM-DD: the last day on which a year can be paid for. */
  readonly paidUntil?: string
}

/** Yearly, as chosen. */
export interface TierRate extends RateBase {
  readonly by: 'tier'
  readonly tiersFen: readonly number[]
}

/** Monthly: base × rate. */
export interface BaseRate extends RateBase {
  readonly by: 'base'
  readonly ratePerTenThousand: number
  readonly defaultBaseFen: number
}

/** Yearly, the same for all. */
export interface AmountRate extends RateBase {
  readonly by: 'amount'
  readonly amountFen: number
}

export type Rate = TierRate | BaseRate | AmountRate

/** What is due for one 征收品目, in fen, and what it was reckoned from. */
export interface AssessmentLine {
  readonly item: string
  readonly subitem: string
  readonly amountFen: number
  /** 缴费档次金额, of a line that goes by tiers. */
  readonly tierFen?: number
  /** 缴费基数 and 费率 (of ten thousand), of a line that goes by a monthly base. */
  readonly baseFen?: number
  readonly rateBasisPoints?: number
}

export interface Amounts {
  readonly amountFen: number
  readonly lines: readonly AssessmentLine[]
  readonly status: 'verified' | 'unverified'
}

/**
 * Reckons what is due for one insurance over a period, in fen: a yearly tier or amount for each year begun, a monthly
 * base times rate for each month. `today` decides on lines that only late payers of the current year owe.
 * @throws AppError FORM_INVALID for a tier or base that cannot be, and for an option of another insurance
 */
export function reckon(rows: readonly Rate[], fields: Fields, { start, months }: Period, today: string): Amounts {
  const options = (fields.options ?? []) as readonly string[]
  const own = rows.filter(row => row.insurance === fields.insurance)
  const unknown = options.find(option => !own.some(row => row.key === option))
  if (unknown !== undefined) throw fieldError('/options', 'OPTION_UNKNOWN', '该险种没有这项附加保险')
  const isThisYear = start.slice(0, 4) === today.slice(0, 4)
  const isDue = ({ paidFrom }: Rate) => !paidFrom || (isThisYear && today.slice(5) >= paidFrom)
  const used = own.filter(row => (row.key === 'main' || options.includes(row.key)) && isDue(row))
  const lines = used.map(row => ({ item: row.item, subitem: row.subitem, ...due(row, fields, months) }))
  const isVerified = used.every(row => row.status === 'verified' && !isLocalTier(row, fields))
  return { amountFen: sumFen(lines.map(line => line.amountFen)), lines, status: isVerified ? 'verified' : 'unverified' }
}

/** Of what is asked for, the first that can be paid no more: the last day of its year is past. */
export function overdueRate(rows: readonly Rate[], fields: Fields, { start }: Period, today: string): Rate | undefined {
  const options = (fields.options ?? []) as readonly string[]
  const lastDay = ({ paidUntil }: Rate) => paidUntil && `${start.slice(0, 4)}-${paidUntil}`
  return rows.find(row => row.insurance === fields.insurance && (row.key === 'main' || options.includes(row.key)) && today > (lastDay(row) ?? today))
}

function due(row: Rate, fields: Fields, months: number): Omit<AssessmentLine, 'item' | 'subitem'> {
  const years = Math.ceil(months / 12)
  if (row.by === 'amount') return { amountFen: row.amountFen * years }
  if (row.by === 'tier') {
    const tierFen = tierOf(fields)
    return { amountFen: tierFen * years, tierFen }
  }
  const baseFen = baseOf(row, fields)
  const { ratePerTenThousand: rateBasisPoints } = row
  return { amountFen: shareOf(baseFen, rateBasisPoints) * months, baseFen, rateBasisPoints }
}

const HIGHEST_TIER = 2_000_000
const HIGHEST_BASE = 10_000_000

function tierOf({ tierFen: tier }: Fields): number {
  if (typeof tier !== 'number' || tier > HIGHEST_TIER) throw fieldError('/tierFen', 'TIER_UNKNOWN', '请选择缴费档次')
  return tier
}

/** A tier that the pooling area added is known to nobody here. */
function isLocalTier(row: Rate, fields: Fields): boolean {
  if (row.by !== 'tier') return false
  const tier = tierOf(fields)
  return tier !== 0 && !row.tiersFen.includes(tier)
}

/** The lowest and highest base of 2026 are not known, so only what cannot be a monthly base is refused. */
function baseOf(row: BaseRate, { baseFen: base = row.defaultBaseFen }: Fields): number {
  if (typeof base !== 'number' || base > HIGHEST_BASE) throw fieldError('/baseFen', 'BASE_OUT_OF_RANGE', '缴费基数超出允许的范围')
  return base
}
