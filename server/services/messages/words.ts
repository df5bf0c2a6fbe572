import { maskName } from '../../../core/masking.ts'
import { formatYuan } from '../../../core/money.ts'
import type { MessageTemplate, Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { findRowsOfApplication } from '../../db/item-rows.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import type { Notification, Recipient } from '../../db/notifications.ts'
import { titleOf } from '../timeline.ts'
import type { TimelineSubjects } from '../timeline.ts'

/** A message as people read it: what happened, and what they have to do next. */
export interface MessageWords {
  readonly title: string
  readonly text: string
  readonly next: string
}

/** What a template may speak of; nothing in it tells who the person is. */
export const PLACEHOLDERS = ['number', 'matter', 'deadline', 'amount', 'trackingNumber', 'hotline'] as const

type Values = Readonly<Partial<Record<(typeof PLACEHOLDERS)[number], string>>>

/** The words of a message about an application whose items and rows are at hand. */
export function wordsOf(
  region: Region, template: MessageTemplate, { number }: Pick<Application, 'number'>, notification: Notification, subjects: TimelineSubjects
): MessageWords {
  const data = JSON.parse(notification.data) as Record<string, unknown>
  const values: Values = {
    number: number ?? '',
    matter: titleOf(region, { data, itemId: notification.item_id }, subjects),
    deadline: text(data.deadline),
    amount: typeof data.amountFen === 'number' ? formatYuan(data.amountFen) : '应缴金额',
    trackingNumber: text(data.trackingNumber),
    hotline: region.hotline?.number ?? '12345'
  }
  return { title: fill(template.title, values), text: fill(template.text, values), next: fill(template.next, values) }
}

/** The text message: to whom, what happened, what to do. Names are masked, numbers of documents never occur. */
export async function textFor(
  ctx: ServerContext, application: Application, template: MessageTemplate, notification: Notification, recipient: Recipient
): Promise<string> {
  const { name = '' } = (readContent(ctx, application).common.person ?? {}) as { name?: string }
  const subjects = {
    items: await findItemsOfApplication(ctx.db, application.id), rows: await findRowsOfApplication(ctx.db, application.id)
  }
  const words = wordsOf(ctx.regions.get(application.region), template, application, notification, subjects)
  const greeting = recipient === 'applicant' ? `${maskName(name)}，您好：` : `您的亲友${maskName(name)}的办件有新消息：`
  return `【一件事】${greeting}${words.text}${words.next}`
}

function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name as keyof Values] ?? '')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
