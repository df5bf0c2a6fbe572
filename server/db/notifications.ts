import type { Knex } from 'knex'

/** One message to the applicant: an audit event that concerns them (same id). Its words come from the region's template. */
export interface Notification {
  readonly id: string
  readonly application_id: string
  readonly item_id: string | null
  /** Type of the event, and name of the template. */
  readonly template: string
  /** pending until it was sent as a text message, or found to stand in the inbox alone. */
  readonly status: 'pending' | 'sent' | 'inbox'
  readonly created_at: number
  readonly sent_at: number | null
  readonly read_at: number | null
  /** Canonical JSON of the event. */
  readonly data: string
}

export type Recipient = 'applicant' | 'contact'

/** One text message to one telephone. */
export interface TextMessage {
  readonly id: string
  readonly notification_id: string
  readonly recipient: Recipient
  /** Counts the messages that were given up by the network and sent anew; part of the request id. */
  readonly attempt: number
  readonly status: 'pending' | 'sent' | 'delivered' | 'failed'
  readonly message_number: string | null
  readonly updated_at: number
}

const withEvent = (db: Knex) => db('notification as message').join('audit_event as event', 'event.id', 'message.id').select('message.*', 'event.data')

export async function findNotification(db: Knex, id: string): Promise<Notification | null> {
  return await withEvent(db).where('message.id', id).first() as Notification | undefined ?? null
}

/** The region of the application that a message is about, and what it is; null for an unknown message. */
export async function findTemplate(db: Knex, id: string): Promise<Pick<Notification, 'template'> & { readonly region: string } | null> {
  return await db('notification as message').join('application', 'application.id', 'message.application_id').where('message.id', id)
    .first('message.template', 'application.region') ?? null
}

export interface InboxPage {
  readonly after: { readonly key: number; readonly id: string } | null
  readonly limit: number
  readonly isUnread: boolean
}

/** Messages of several applications, the latest first, by keyset. */
export async function listNotifications(
  db: Knex, applicationIds: readonly string[], { after, limit, isUnread }: InboxPage
): Promise<Notification[]> {
  const query = withEvent(db).whereIn('message.application_id', [...applicationIds])
  if (isUnread) query.whereNull('message.read_at')
  if (after) {
    query.andWhere(older => older.where('message.created_at', '<', after.key)
      .orWhere(same => same.where('message.created_at', after.key).andWhere('message.id', '<', after.id)))
  }
  const latestFirst = query.orderBy([{ column: 'message.created_at', order: 'desc' }, { column: 'message.id', order: 'desc' }])
  return await latestFirst.limit(limit) as Notification[]
}

export async function countUnread(db: Knex, applicationIds: readonly string[]): Promise<number> {
  const [row] = await db('notification').whereIn('application_id', [...applicationIds]).whereNull('read_at').count('* as count')
  return Number(row?.count ?? 0)
}

/** Marks messages as read, all when `ids` is left out; those of other applications stay as they are. */
export async function markRead(
  db: Knex, applicationIds: readonly string[], ids: readonly string[] | undefined, at: number
): Promise<void> {
  const query = db('notification').whereIn('application_id', [...applicationIds]).whereNull('read_at')
  await (ids ? query.whereIn('id', [...ids]) : query).update({ read_at: at })
}

export async function markNotification(db: Knex, id: string, status: Notification['status'], at: number): Promise<void> {
  await db('notification').where({ id }).update({ status, sent_at: status === 'sent' ? at : null })
}

/** The text message of a notification to one recipient; `isNew` when it did not exist before. */
export async function openTextMessage(
  db: Knex, notificationId: string, recipient: Recipient, at: number
): Promise<{ text: TextMessage; isNew: boolean }> {
  const id = `${notificationId}:${recipient}`
  const row = { id, notification_id: notificationId, recipient, attempt: 1, status: 'pending', updated_at: at }
  const [added] = await db('text_message').insert(row)
    .onConflict(['notification_id', 'recipient']).ignore().returning('*') as TextMessage[]
  return { text: added ?? (await findTextMessage(db, id))!, isNew: added !== undefined }
}

export async function findTextMessage(db: Knex, id: string): Promise<TextMessage | null> {
  return await db<TextMessage>('text_message').where({ id }).first() ?? null
}

export async function updateTextMessage(
  db: Knex, id: string, patch: Partial<Pick<TextMessage, 'attempt' | 'status' | 'message_number'>>, at: number
): Promise<void> {
  await db('text_message').where({ id }).update({ ...patch, updated_at: at })
}

/** Keeps what the service answered; a receipt that came before the answer stays. */
export async function answerTextMessage(
  db: Knex, { id, attempt }: TextMessage, messageNumber: string | null, at: number
): Promise<void> {
  const status = messageNumber === null ? 'failed' : 'sent'
  await db('text_message').where({ id, attempt }).update({
    message_number: messageNumber, updated_at: at, status: db.raw("case status when 'pending' then ? else status end", [status])
  })
}
