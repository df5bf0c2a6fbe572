import { formatInstant, startOfDay } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { maskName } from '../../../core/masking.ts'
import type { Actor } from '../../auth/actor.ts'
import { coversDivision } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { findItemsOfApplications } from '../../db/items.ts'
import type { Item } from '../../db/items.ts'
import { findWaiting } from '../../db/window-intakes.ts'
import type { Waiting } from '../../db/window-intakes.ts'
import { matterTitle } from '../../regions/titles.ts'
import { intakeOf, note } from './intake.ts'
import { isFetched } from './pickup.ts'

const MINUTE = 60_000
/** More people do not stand in one hall. */
const MOST = 200

/** `waiting` stands here · `ready` may hear the result · `promised` went home · `to-call` went home, and the result is there. */
export type WaitingState = 'waiting' | 'ready' | 'promised' | 'to-call'

/**
 * Who waits at the counters of the own division for what is done at once (即时办结), those who came first in front, and whom to
 * call. Items that take days are nobody's to wait for.
 */
export async function listWaiting(ctx: ServerContext, actor: Actor) {
  const region = ctx.regions.get(actor.region ?? '')
  const callBackAfter = region.thresholds.counterWaitMinutes ?? null
  const rows = (await findWaiting(ctx.db, region.slug, startOfDay(ctx.clock.today()), MOST))
    .filter(({ division }) => division === null || coversDivision(actor.division, division))
  const items = await findItemsOfApplications(ctx.db, rows.map(({ id }) => id))
  const waiting = rows.flatMap(row => {
    const shown = (items.get(row.id) ?? []).filter(isWaitedFor)
    if (isHandedOver(shown) || (shown.length === 0 && row.call_back_promised_at === null)) return []
    const state = stateOf(row, shown)
    const minutes = waitedMinutes(row.submitted_at ?? 0, ctx.clock.now())
    return [{
      applicationId: row.id,
      number: row.number,
      applicant: nameOn(ctx, row),
      since: formatInstant(row.submitted_at ?? 0),
      waitedMinutes: minutes,
      state,
      isCallBackDue: state === 'waiting' && isCallBackDue(minutes, callBackAfter),
      items: shown.map(({ slug, status }) => ({ slug, title: matterTitle(region, slug), status }))
    }]
  })
  return { waiting, callBackAfterMinutes: callBackAfter }
}

/**
 * `promise`: who cannot wait longer goes home with a receipt and is called · `told`: the applicant heard the result, here or by
 * the call.
 * @throws AppError NOT_SUBMITTED (409) for a draft
 */
export async function callBack(
  ctx: ServerContext, actor: Actor, application: Application, action: 'promise' | 'told'
): Promise<void> {
  if (application.status_draft) throw new AppError('NOT_SUBMITTED')
  const intake = await intakeOf(ctx, application)
  const at = ctx.clock.now()
  const data = { waitedMinutes: waitedMinutes(application.submitted_at ?? at, at) }
  if (action === 'told') return note(ctx, actor, application, { told_at: at }, { type: 'applicant-told', data })
  // A second promise is the first one printed again.
  if (intake.call_back_promised_at !== null) return
  await note(ctx, actor, application, { call_back_promised_at: at }, { type: 'call-back-promised', data })
}

/** Whole minutes on the business clock. */
export function waitedMinutes(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / MINUTE))
}

/** Whether somebody has waited so long that a receipt to go home with is offered. */
export function isCallBackDue(minutes: number, after: number | null): boolean {
  return after !== null && minutes >= after
}

/** Before acceptance nobody knows yet which items are done at once: until then all are shown. */
function isWaitedFor({ deadline_kind, status }: Item): boolean {
  return deadline_kind === 'immediate' || (deadline_kind === null && status === 'submitted')
}

/** Whoever has fetched the results at a counter knows them. */
function isHandedOver(items: readonly Item[]): boolean {
  const fetched = items.filter(isFetched)
  return fetched.length > 0 && items.every(({ outcome }) => outcome !== null) && fetched.every(({ status }) => status === 'delivered')
}

function stateOf({ call_back_promised_at }: Waiting, items: readonly Item[]): WaitingState {
  const isDecided = items.every(({ outcome }) => outcome !== null)
  if (call_back_promised_at !== null) return isDecided ? 'to-call' : 'promised'
  return isDecided ? 'ready' : 'waiting'
}

function nameOn(ctx: ServerContext, row: Waiting): string {
  const { name } = (readContent(ctx, row).common.person ?? {}) as { name?: unknown }
  return typeof name === 'string' ? maskName(name) : ''
}
