import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import type { ServerContext } from '../context.ts'
import { appendAudit } from '../db/audit.ts'
import type { DepartmentCall } from '../db/department-calls.ts'
import { findCall } from '../db/department-calls.ts'
import { findParcel } from '../db/parcels.ts'
import { updateRow } from '../db/item-rows.ts'
import { addToOutbox } from '../db/outbox.ts'
import { noteCallback } from '../db/step-answers.ts'
import { takeReceipt } from './messages/send.ts'
import { moveParcel, placeOf } from './parcels.ts'
import type { Subject } from './subjects.ts'
import { lockSubject } from './subjects.ts'

export const EVENT_TYPES = [
  'card-produced', 'payment-settled', 'payment-failed',
  'parcel-collected', 'parcel-in-transit', 'parcel-delivered', 'parcel-returned', 'message-delivered', 'message-failed'
] as const

/** How long news of a row that is not concluded may lie before the process is asked all the same; real ms. */
const BEFORE_CONCLUSION = 10_000

/** What a department reports after days, long after its reply. */
export interface DepartmentEvent {
  /** The same when it is delivered again. */
  readonly id: string
  readonly type: (typeof EVENT_TYPES)[number]
  /** Of the call that began it. */
  readonly requestId: string
  /** RFC 3339. */
  readonly at: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * Takes a department's event once: effect on our tables, audit event and message to the waiting process in one transaction.
 * An event about an unknown request, or of another department, is kept and shown, and changes nothing.
 * @throws AppError REQUEST_ID_REUSED (409) when an event comes again with another content
 */
export async function takeEvent(
  ctx: ServerContext, department: string, event: DepartmentEvent, rawBody: Buffer
): Promise<'accepted' | 'duplicate'> {
  const bodyHash = createHash('sha256').update(rawBody).digest('hex')
  // A text message is none of a process's calls; its receipts have no further effect and may come as often as they like.
  if (department === 'message' && await takeReceipt(ctx, event.requestId, event.type === 'message-delivered')) return 'accepted'
  return ctx.db.transaction(async trx => {
    const call = await findCall(trx, event.requestId)
    const subject = call?.department === department ? await lockSubject(trx, call.subject_id) : null
    const noted = await noteCallback(trx, department, event.id, bodyHash, ctx.clock.realNow())
    if (noted === 'changed') throw new AppError('REQUEST_ID_REUSED')
    if (noted === 'known') return 'duplicate'
    if (call && subject) await apply(trx, ctx, { call, subject, event })
    else await park(trx, ctx, { department, event, bodyHash })
    return 'accepted'
  })
}

interface Known {
  readonly call: DepartmentCall
  readonly subject: Subject
  readonly event: DepartmentEvent
}

async function apply(trx: Knex, ctx: ServerContext, { call, subject, event }: Known): Promise<void> {
  const { row, item, application } = subject
  const at = ctx.clock.now()
  const message = event.type === 'card-produced' ? 'CardProduced' : event.type === 'payment-settled' ? 'PaymentReported' : null
  const amountFen = Number.isSafeInteger(event.data.amountFen) ? event.data.amountFen as number : null
  if (row && event.type === 'payment-settled') await updateRow(trx, row.id, { payment_status: 'paid' }, at)
  // What was paid stays paid: events may come out of order.
  if (row && event.type === 'payment-failed' && row.payment_status !== 'paid') await updateRow(trx, row.id, { payment_status: 'failed' }, at)
  const place = placeOf(event.type)
  if (place) await moveParcel(trx, call.id, place, event.data, at)
  await appendAudit(trx, {
    chain: application.id, type: event.type, actor: { role: 'department', id: call.department }, itemId: item?.id ?? null,
    data: {
      requestId: call.id, eventId: event.id, rowId: row?.id ?? null,
      ...(row ? { insurance: row.insurance, amountFen, isAsAssessed: amountFen === row.amount_fen } : {}),
      ...(place ? { trackingNumber: (await findParcel(trx, call.id))?.tracking_number ?? null } : {})
    }, at
  })
  if (message) {
    const realNow = ctx.clock.realNow()
    // A row's process waits for its payment once the row is concluded, and concludeItem hastens what came before.
    const awaitsConclusion = row !== null && row.outcome === null
    const payload = { message, businessKey: subject.id, ...(awaitsConclusion && { awaitsConclusion }) }
    const dueAt = awaitsConclusion ? realNow + BEFORE_CONCLUSION : realNow
    await addToOutbox(trx, { kind: 'correlate-message', aggregateId: subject.id, payload, dueAt }, realNow)
  }
}

async function park(
  trx: Knex, ctx: ServerContext, { department, event, bodyHash }: { department: string; event: DepartmentEvent; bodyHash: string }
): Promise<void> {
  await appendAudit(trx, {
    chain: 'system', type: 'callback-parked', actor: { role: 'department', id: department },
    data: { eventId: event.id, eventType: event.type, requestId: event.requestId, bodyHash }, at: ctx.clock.now()
  })
}
