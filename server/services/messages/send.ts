import { RetryableError } from '../../../core/errors.ts'
import type { MessageTemplate } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { findContactOfPerson } from '../../db/notification-contacts.ts'
import {
  answerTextMessage, findNotification, findTemplate, findTextMessage, markNotification, openTextMessage, updateTextMessage
} from '../../db/notifications.ts'
import type { Notification, Recipient, TextMessage } from '../../db/notifications.ts'
import { addToOutbox } from '../../db/outbox.ts'
import { textFor } from './words.ts'

const TIMEOUT = 5_000
/** So often a message is sent that the network gives up; after that it stands in the inbox alone. */
const MOST_ATTEMPTS = 3
/** Pause before a message goes out again that did not reach the telephone, times the attempt. */
const RESEND_AFTER = 60_000

/**
 * Sends a message of the trail to the telephones that are to have it, where its template asks for that; in the inbox it stands
 * already. Safe to repeat: each telephone has a constant request id, and in doubt the message service is asked before.
 * @throws RetryableError DEPARTMENT_UNAVAILABLE while the message service gives no usable answer
 */
export async function sendMessage(ctx: ServerContext, notificationId: string): Promise<void> {
  const known = await findTemplate(ctx.db, notificationId)
  if (!known) return
  const template = ctx.regions.messages(known.region)[known.template]
  if (!template?.isTexted) return markNotification(ctx.db, notificationId, 'inbox', ctx.clock.now())
  const notification = (await findNotification(ctx.db, notificationId))!
  const application = (await findApplication(ctx.db, notification.application_id))!
  const telephones = await telephonesOf(ctx, application)
  for (const [recipient, mobile] of telephones) {
    const { text, isNew } = await openTextMessage(ctx.db, notification.id, recipient, ctx.clock.now())
    if (text.status === 'pending') await sendText(ctx, { application, notification, template, text, mobile, isNew })
  }
  await markNotification(ctx.db, notification.id, telephones.size > 0 ? 'sent' : 'inbox', ctx.clock.now())
}

/** The applicant's own number, and that of the family member whom the person named. */
async function telephonesOf(ctx: ServerContext, application: Application): Promise<Map<Recipient, string>> {
  const { mobile } = (readContent(ctx, application).common.person ?? {}) as { mobile?: string }
  const contact = application.person_key === null ? null : await findContactOfPerson(ctx, application.person_key)
  const telephones = new Map<Recipient, string>()
  if (mobile) telephones.set('applicant', mobile)
  if (contact && contact.mobile !== mobile) telephones.set('contact', contact.mobile)
  return telephones
}

interface Sending {
  readonly application: Application
  readonly notification: Notification
  readonly template: MessageTemplate
  readonly text: TextMessage
  readonly mobile: string
  readonly isNew: boolean
}

async function sendText(ctx: ServerContext, sending: Sending): Promise<void> {
  const { application, notification, template, text, mobile, isNew } = sending
  const requestId = `${text.id}:${text.attempt}`
  const answer = (isNew ? null : await exchange(ctx, 'GET', `requests/${requestId}`, requestId)) ?? await exchange(
    ctx, 'POST', 'requests/text-message', requestId,
    { mobile, text: await textFor(ctx, application, template, notification, text.recipient), template: notification.template }
  )
  const messageNumber = answer?.status === 'done' ? String(answer.result.messageNumber) : null
  await answerTextMessage(ctx.db, text, messageNumber, ctx.clock.now())
}

interface Answer {
  readonly status: string
  readonly result: Readonly<Record<string, unknown>>
}

/** Null when the service does not know the request, or refuses it for good. */
async function exchange(
  { config }: ServerContext, method: string, path: string, requestId: string, body?: object
): Promise<Answer | null> {
  try {
    const response = await fetch(`${config.departmentUrls.message}/v1/${path}`, {
      method, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT),
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json', 'x-request-id': requestId } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {})
    })
    if (response.status >= 500 || response.status === 429) throw new TypeError(`answer ${response.status}`)
    const answer = await response.json() as Partial<Answer> & { requestId?: unknown }
    if (!response.ok) return null
    if (answer.requestId !== requestId || typeof answer.status !== 'string' || typeof answer.result !== 'object') throw new TypeError('another answer')
    return answer as Answer
  } catch (cause) {
    throw new RetryableError('DEPARTMENT_UNAVAILABLE', { cause: cause as Error })
  }
}

/**
 * Takes the receipt of a text message by its request id. One that did not reach the telephone goes out again some minutes
 * later under a new request id, so often; a late or repeated receipt changes nothing. Answers false for a request of nobody's.
 */
export async function takeReceipt(ctx: ServerContext, requestId: string, isDelivered: boolean): Promise<boolean> {
  const [, id = '', attempt = ''] = /^(.+):(\d+)$/.exec(requestId) ?? []
  return ctx.db.transaction(async trx => {
    const text = await findTextMessage(trx, id)
    if (!text) return false
    if (text.attempt !== Number(attempt) || text.status === 'delivered') return true
    const isGivenUp = text.attempt >= MOST_ATTEMPTS
    if (isDelivered || isGivenUp) {
      await updateTextMessage(trx, id, { status: isDelivered ? 'delivered' : 'failed' }, ctx.clock.now())
      return true
    }
    await updateTextMessage(trx, id, { status: 'pending', attempt: text.attempt + 1 }, ctx.clock.now())
    const dueAt = ctx.clock.realNow() + RESEND_AFTER * text.attempt
    await addToOutbox(trx, { kind: 'send-message', aggregateId: text.notification_id, payload: {}, dueAt }, ctx.clock.realNow())
    return true
  })
}
