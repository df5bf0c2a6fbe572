import { readFileSync } from 'node:fs'

interface RowBase {
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
}

/** Yearly, as chosen. */
export interface TierRow extends RowBase {
  readonly by: 'tier'
  readonly tiersFen: readonly number[]
}

/** Monthly: base × rate. */
export interface BaseRow extends RowBase {
  readonly by: 'base'
  readonly ratePerTenThousand: number
  readonly defaultBaseFen: number
}

/** Yearly, the same for all. */
export interface AmountRow extends RowBase {
  readonly by: 'amount'
  readonly amountFen: number
}

export type ParameterRow = TierRow | BaseRow | AmountRow

/** The amounts and rates that the stand-in reckons with; see `note` in the file for what they are worth. */
export function readParameters(): readonly ParameterRow[] {
  const text = readFileSync(new URL('parameters.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { rows: ParameterRow[] }).rows
}
