import type { Knex } from 'knex'
import type { Correction } from '../../db/corrections.ts'
import { findCorrection } from '../../db/corrections.ts'
import { findLatestDecision } from '../../db/decisions.ts'
import type { Subject } from '../subjects.ts'

/** The correction that the latest decision on an item or a row asked for; null when that decision asked for none. */
export async function correctionOf(trx: Knex, { item, row }: Subject): Promise<Correction | null> {
  if (!item) return null
  const decision = await findLatestDecision(trx, { itemId: item.id, rowId: row?.id ?? null })
  return decision && findCorrection(trx, decision.id)
}
