import { closeIntervals } from '../../db/clock-intervals.ts'
import { findOpenCorrection } from '../../db/corrections.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import { DECIDED_ROWS, findRowsOfItem, updateRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { addReasons, findItem, updateItem } from '../../db/items.ts'
import type { NewReason } from '../../db/items.ts'
import type { StepScope } from './step.ts'

export type Outcome = 'approved' | 'rejected' | 'withdrawn'

type Scope = Pick<StepScope, 'trx' | 'at' | 'today'>

/** Ends an item with an outcome; `isDelivered` when its result has reached the applicant by that. */
export async function settleItem(
  { trx, at, today }: Scope, item: Item, outcome: Outcome, isDelivered = false
): Promise<void> {
  const delivery = isDelivered ? { status: 'delivered', delivered_at: at } as const : { status: outcome }
  await updateItem(trx, item.id, { ...delivery, outcome, decided_at: at }, at)
  await closeIntervals(trx, item.id, today)
}

/**
 * Ends one row of a declaration; the last one ends the item: approved when any row was approved, withdrawn when all were
 * withdrawn, else rejected. Answers the item's outcome once it has one.
 */
export async function settleRow(scope: Scope, item: Item, row: ItemRow, outcome: Outcome): Promise<Outcome | null> {
  const { trx, at, today } = scope
  await updateRow(trx, row.id, { status: outcome, outcome, decided_at: at }, at)
  await closeIntervals(trx, row.id, today)
  const rows = await findRowsOfItem(trx, item.id)
  if (!rows.every(({ status }) => DECIDED_ROWS.includes(status))) {
    await leaveCorrection(scope, item)
    return null
  }
  const whole = outcomeOfRows(rows)
  await settleItem(scope, item, whole, whole === 'approved' && item.delivery_method === 'online')
  return whole
}

/** An item shows 补正 as long as it, or any one of its rows, waits for a correction, whatever its other rows do meanwhile. */
export async function leaveCorrection({ trx, at }: Scope, item: Item): Promise<void> {
  const current = await findItem(trx, item.id)
  if (current?.status === 'correcting' && !await findOpenCorrection(trx, item.id)) await updateItem(trx, item.id, { status: 'reviewing' }, at)
}

export function outcomeOfRows(rows: readonly Pick<ItemRow, 'status'>[]): Outcome {
  if (rows.some(({ status }) => status === 'approved')) return 'approved'
  return rows.every(({ status }) => status === 'withdrawn') ? 'withdrawn' : 'rejected'
}

/** Gives a reason of the system's own. */
export async function addReason(
  { trx, at }: Scope, item: Item, row: ItemRow | null, reason: Omit<NewReason, 'rowId'>
): Promise<void> {
  await addReasons(trx, item.id, [{ ...reason, rowId: row?.id ?? null }], at)
}
