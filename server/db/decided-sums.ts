import type { Knex } from 'knex'
import { afterDay } from './day-of.ts'

/** How decided items came to their end; every list of figures counts by the same conditions. */
export interface DecidedSums {
  /** Until the end of the promised day. */
  readonly onTime: number
  readonly immediate: number
  /** Without a correction that the applicant, for the item or a row of it, was asked for. */
  readonly atOnce: number
  readonly approved: number
  readonly rejected: number
  readonly withdrawn: number
}

/** Columns of a query over `item` that sum these, under their names. */
export function decidedSums(db: Knex): Knex.Raw[] {
  const conditions: Readonly<Record<keyof DecidedSums, string>> = {
    onTime: `item.promised_due is null or item.decided_at < ${afterDay(db, 'item.promised_due')}`,
    immediate: "item.deadline_kind = 'immediate'",
    atOnce: 'not exists (select 1 from correction where correction.item_id = item.id and correction.opened_at is not null)',
    approved: "item.outcome = 'approved'",
    rejected: "item.outcome = 'rejected'",
    withdrawn: "item.outcome = 'withdrawn'"
  }
  return Object.entries(conditions).map(([name, condition]) => db.raw(`sum(case when ${condition} then 1 else 0 end) as "${name}"`))
}

/** Makes the sums and counts of a row numbers, whatever the database gave; `texts` names what is none. */
export function numbersOf<T>(row: Readonly<Record<string, unknown>>, texts: readonly (keyof T & string)[]): T {
  const isText = (name: string): boolean => (texts as readonly string[]).includes(name)
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isText(name) ? value : Number(value)])) as T
}
