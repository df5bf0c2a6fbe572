import { signCallback, platformKey } from '../../../core/callback-signature.ts'
import { formatInstant } from '../../../core/dates.ts'
import { RetryableError } from '../../../core/errors.ts'
import type { ServerContext } from '../../context.ts'
import { PUSHED } from '../../db/announcements.ts'
import { findAuditEvent } from '../../db/audit.ts'
import type { AuditRow } from '../../db/audit-event.ts'
import { findReasons } from '../../db/items.ts'
import { findSubject } from '../subjects.ts'
import type { Subject } from '../subjects.ts'
import { matterTitle } from '../../regions/titles.ts'

const TIMEOUT = 5_000

/**
 * Tells the platform that handed an application in what became of an item: signed, with the same id at each repetition, to the
 * address of the region's own configuration and nowhere else. It holds codes, dates and reasons, nothing of the person.
 * @throws RetryableError PLATFORM_UNAVAILABLE until the platform has said 2xx
 */
export async function pushResult(ctx: ServerContext, itemId: string, eventId: string): Promise<void> {
  const subject = await findSubject(ctx.db, itemId)
  const event = await findAuditEvent(ctx.db, eventId)
  const platform = subject && ctx.regions.platform(subject.application.region)
  if (!subject?.item || !event || !platform) return
  const { region } = subject.application
  const url = platform.resultsUrl.replace('<PLATFORM_URL>', ctx.config.departmentUrls.platform)
  const key = platformKey(ctx.config.departmentCallbackSecret, region)
  await post(url, key, JSON.stringify(await resultOf(ctx, subject, event)), ctx.clock.realNow())
}

/** What is told: the same for the same event, however often. */
async function resultOf({ db, regions }: ServerContext, { application, item }: Subject, event: AuditRow) {
  const type = PUSHED.has(event.type) ? event.type : 'item-concluded'
  const reasons = (await findReasons(db, [item!.id])).get(item!.id) ?? []
  const { deadline } = JSON.parse(event.data) as { deadline?: string }
  return {
    id: `${item!.id}:${type === 'item-concluded' ? 'concluded' : event.id}`,
    type,
    at: formatInstant(event.at),
    region: application.region,
    applicationId: application.id,
    number: application.number,
    item: {
      slug: item!.slug,
      title: matterTitle(regions.get(application.region), item!.slug),
      outcome: type === 'correction-opened' ? null : item!.outcome,
      reasons: type === 'item-concluded' ? reasons.map(({ code, clause, message }) => ({ code, clause, message })) : [],
      receiptNumber: type === 'correction-opened' ? null : item!.receipt_number,
      deadline: type === 'correction-opened' ? deadline ?? null : null
    }
  }
}

async function post(url: string, key: string, body: string, timestamp: number): Promise<void> {
  let status: number
  try {
    const response = await fetch(url, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT), body,
      headers: { 'content-type': 'application/json', 'x-timestamp': String(timestamp), 'x-signature': signCallback(key, timestamp, body) }
    })
    await response.body?.cancel()
    status = response.status
  } catch (cause) {
    throw new RetryableError('PLATFORM_UNAVAILABLE', { cause: cause as Error })
  }
  if (status < 200 || status > 299) throw new RetryableError('PLATFORM_UNAVAILABLE', { detail: `HTTP ${status}` })
}
