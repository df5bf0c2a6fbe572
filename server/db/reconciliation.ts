import type { Knex } from 'knex'
import { readCursor, writeCursor } from './feed-cursors.ts'

const NAME = 'reconciliation'

/** How the last comparison of engine and tables went: real time (ms), and how many differences of each kind it found. */
export interface LastReconciliation {
  readonly at: number
  readonly differences: Readonly<Record<string, number>>
}

/** Null before the first. */
export async function lastReconciliation(db: Knex): Promise<LastReconciliation | null> {
  const kept = await readCursor(db, NAME)
  return kept === '' ? null : JSON.parse(kept) as LastReconciliation
}

export function keepReconciliation(db: Knex, last: LastReconciliation): Promise<void> {
  return writeCursor(db, NAME, JSON.stringify(last))
}
