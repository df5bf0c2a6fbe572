import type { Knex } from 'knex'
import type { AuditInput, AuditRow } from './audit-event.ts'
import { findItem, findItemsOfApplication } from './items.ts'
import type { Item } from './items.ts'
import { addToOutbox } from './outbox.ts'

/** Events of the trail that the applicant is told of; `regions/<region>/messages.json` has the words for each. */
export const TOLD = [
  'application-submitted', 'application-accepted', 'application-refused', 'application-closed',
  'item-approved', 'item-rejected', 'item-withdrawn', 'row-declined',
  'correction-opened', 'correction-due-soon', 'correction-lapsed', 'special-started', 'special-ended',
  'payment-due', 'payment-due-soon', 'payment-settled', 'payment-failed', 'payment-lapsed',
  'card-produced', 'pickup-ready', 'parcel-sent', 'parcel-delivered', 'parcel-returned', 'rating-replied'
] as const

/** Events by which an item may have come to its end, and those that say something of it before or after. */
const CONCLUDING: ReadonlySet<string> = new Set(['item-approved', 'item-rejected', 'item-withdrawn', 'row-declined', 'correction-lapsed'])
export const PUSHED: ReadonlySet<string> = new Set(['correction-opened', 'item-delivered'])
const REMINDERS: Readonly<Record<string, string>> = { 'correction-opened': 'correction', 'payment-due': 'payment' }

/**
 * Lets an event have its consequences outside, in the transaction that notes it: a message to the applicant, a day of which to
 * remind, and for what a platform handed in the result of the item. So each happens exactly when the event does, and once.
 * `told` is the event's data as it was noted, `channel` that of its application.
 */
export async function announce(trx: Knex, event: AuditRow, told: AuditInput['data'], channel: string): Promise<void> {
  const data = (told ?? {}) as { readonly rowId?: string | null; readonly deadline?: string }
  if (isTold(event.type, data)) {
    const message = trx('notification').insert({
      id: event.id, application_id: event.chain, item_id: event.item_id, channel: 'message', template: event.type, status: 'pending',
      created_at: event.at
    })
    await addToOutbox(trx, { kind: 'send-message', aggregateId: event.id, payload: {} }, Date.now(), message)
  }
  const kind = REMINDERS[event.type]
  if (kind && data.deadline) {
    await trx('reminder').insert({ id: event.id, subject_id: data.rowId ?? event.item_id, kind, due_on: data.deadline })
  }
  if (channel === 'platform') await pushResults(trx, event)
}

/** A row of a declaration that is approved is told together with what is to be paid. */
function isTold(type: string, { rowId }: { rowId?: string | null }): boolean {
  return (TOLD as readonly string[]).includes(type) && !(type === 'item-approved' && rowId)
}

async function pushResults(trx: Knex, event: AuditRow): Promise<void> {
  if (event.type === 'application-refused') {
    for (const item of await findItemsOfApplication(trx, event.chain)) await push(trx, event, item, 'concluded')
    return
  }
  const item = event.item_id === null ? null : await findItem(trx, event.item_id)
  if (!item) return
  // Of a declaration with several rows only the last one ends the item.
  if (CONCLUDING.has(event.type) && item.outcome !== null) await push(trx, event, item, 'concluded')
  if (PUSHED.has(event.type)) await push(trx, event, item, event.id)
}

/** The id names what is told, so an item is concluded towards a platform once, whatever comes after. */
async function push(trx: Knex, event: AuditRow, item: Item, what: string): Promise<void> {
  await addToOutbox(trx, { id: `${item.id}:${what}`, kind: 'push-result', aggregateId: item.id, payload: { event: event.id } })
}
