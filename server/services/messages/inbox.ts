import { formatInstant } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplicationsToldTo } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { findRowsOfApplications } from '../../db/item-rows.ts'
import { findItemsOfApplications } from '../../db/items.ts'
import { countUnread, listNotifications, markRead } from '../../db/notifications.ts'
import type { Notification } from '../../db/notifications.ts'
import { pageOf, readCursor } from '../../http/cursor.ts'
import { wordsOf } from './words.ts'

type Subjects = Parameters<typeof wordsOf>[4]

export interface InboxQuery {
  readonly cursor?: string
  readonly limit: number
  /** Only what has not been read. */
  readonly isUnread: boolean
}

/** 站内信: what a person was told of all their cases, the latest first, also of those handed in for them. Throws CURSOR_INVALID. */
export async function inboxOf(ctx: ServerContext, actor: Actor, { cursor, limit, isUnread }: InboxQuery) {
  const after = readCursor(cursor, 'instant')
  const applications = new Map((await findApplicationsToldTo(ctx.db, actor)).map(one => [one.id, one]))
  const ids = [...applications.keys()]
  const rows = await listNotifications(ctx.db, ids, { after, limit: limit + 1, isUnread })
  const { page, cursor: next } = pageOf(rows, limit, row => row.created_at)
  const shown = [...new Set(page.map(row => row.application_id))]
  const items = await findItemsOfApplications(ctx.db, shown)
  const insurances = await findRowsOfApplications(ctx.db, shown)
  return {
    messages: page.map(row => {
      const subjects = { items: items.get(row.application_id) ?? [], rows: insurances.get(row.application_id) ?? [] }
      return viewOf(ctx, applications.get(row.application_id)!, row, subjects)
    }),
    unread: await countUnread(ctx.db, ids),
    cursor: next
  }
}

/** Marks messages of one's own cases as read, all when `ids` is left out; answers how many are left. */
export async function readMessages(ctx: ServerContext, actor: Actor, ids?: readonly string[]): Promise<{ unread: number }> {
  const own = (await findApplicationsToldTo(ctx.db, actor)).map(({ id }) => id)
  await markRead(ctx.db, own, ids, ctx.clock.now())
  return { unread: await countUnread(ctx.db, own) }
}

function viewOf(ctx: ServerContext, application: Application, notification: Notification, subjects: Subjects) {
  const region = ctx.regions.get(application.region)
  const template = ctx.regions.messages(application.region)[notification.template]
  // A region that has lost its words for an event still shows that there was one.
  const words = template ? wordsOf(region, template, application, notification, subjects) : { title: '办件有新进展', text: '', next: '' }
  return {
    id: notification.id,
    at: formatInstant(notification.created_at),
    applicationId: application.id,
    number: application.number,
    slug: subjects.items.find(({ id }) => id === notification.item_id)?.slug ?? null,
    type: notification.template,
    ...words,
    isRead: notification.read_at !== null
  }
}
