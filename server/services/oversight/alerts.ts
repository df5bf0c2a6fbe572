import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../../core/dates.ts'
import { AppError, fieldError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import { auditActor, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { coversDivision } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import {
  endAlert, endSubscription, findLasting, insertSubscription, listAlerts, listSubscriptions, raiseAlert, readAlerts
} from '../../db/alerts.ts'
import type { Alert, AlertKind, Subscription } from '../../db/alerts.ts'
import { findApplication } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import { departmentName, divisionName, matterTitle, systemName } from '../../regions/titles.ts'
import { overseen } from './sla-days.ts'
import { workersState } from './workers.ts'

const SHOWN = 100
/** Real ms after which a circuit that nobody has found open is over; while something waits it is probed every 15 s. */
const CIRCUIT_QUIET = 120_000

type StateOf = (ctx: ServerContext) => Promise<Pick<Awaited<ReturnType<typeof workersState>>, 'circuits'>>

export const ALERT_TITLES: Readonly<Record<AlertKind, string>> = {
  yellow: '黄牌：超过承诺时限', red: '红牌', rating: '差评', feedback: '群众意见', incident: '办理步骤停住', circuit: '部门系统没有回应'
}

export interface NewSubscription {
  readonly kind: AlertKind
  readonly division?: string
  readonly slug?: string
}

/** What the actor was told, the latest first, and what the actor asked to be told. Throws AppError FORBIDDEN. */
export async function alertsFor(ctx: ServerContext, actor: Actor) {
  const { region, remit } = overseen(ctx, actor)
  const account = idOf(actor)
  const [alerts, asked] = await Promise.all([listAlerts(ctx.db, account, remit, SHOWN), listSubscriptions(ctx.db, account)])
  return {
    kinds: Object.entries(ALERT_TITLES).map(([kind, title]) => ({ kind: kind as AlertKind, title })),
    subscriptions: asked.map(one => subscriptionView(region, one)),
    alerts: await Promise.all(alerts.map(async one => ({
      id: one.id, kind: one.kind, title: ALERT_TITLES[one.kind], at: formatInstant(one.at), applicationId: one.application_id,
      text: await wordsOf(ctx, region, one), isRead: one.read_at !== null
    }))),
    unread: alerts.filter(one => one.read_at === null).length
  }
}

/** Asks to be told from now on. The same asked twice is one. Throws AppError FORM_INVALID for what is not overseen. */
export async function subscribe(ctx: ServerContext, actor: Actor, { kind, division, slug }: NewSubscription) {
  const { region } = overseen(ctx, actor)
  const isOwn = division === undefined
    || (region.divisions.some(({ code }) => code === division) && coversDivision(actor.division, division))
  if (!isOwn) throw fieldError('/division', 'ENUM', '不在您监督的区划内')
  if (slug !== undefined && !region.matters.some(one => one.slug === slug)) throw fieldError('/slug', 'ENUM', '没有这个事项')
  const account = idOf(actor)
  const division_prefix = (division ?? '').replace(/(00)+$/, '')
  const wanted = { kind, division_prefix, slug: slug ?? null }
  return ctx.db.transaction(async trx => {
    const same = (await listSubscriptions(trx, account))
      .find(one => one.kind === kind && one.division_prefix === division_prefix && one.slug === wanted.slug)
    if (same) return subscriptionView(region, same)
    const one = { id: randomUUID(), account, ...wanted, created_at: ctx.clock.now(), ended_at: null }
    await insertSubscription(trx, one)
    await note(trx, ctx, actor, 'alerts-subscribed', one)
    return subscriptionView(region, one)
  })
}

/** Asks to be told no more; what was told stays. Throws AppError NOT_FOUND. */
export async function unsubscribe(ctx: ServerContext, actor: Actor, id: string): Promise<void> {
  overseen(ctx, actor)
  const at = ctx.clock.now()
  await ctx.db.transaction(async trx => {
    if (!await endSubscription(trx, idOf(actor), id, at)) throw new AppError('NOT_FOUND')
    await note(trx, ctx, actor, 'alerts-unsubscribed', { id })
  })
}

/** Marks all that the actor was told as read. */
export async function markAlertsRead(ctx: ServerContext, actor: Actor): Promise<void> {
  await readAlerts(ctx.db, idOf(actor), overseen(ctx, actor).remit, ctx.clock.now())
}

/**
 * Tells once of each circuit that has opened, until it is closed again, or nobody has found it open for a while: between two
 * probes it is half open for a moment, and it stays so in a worker process that has nothing more to send.
 */
export function createCircuitWatch(ctx: ServerContext, stateOf: StateOf = workersState): () => Promise<void> {
  const lastOpen = new Map<string, number>()
  return async () => {
    const { circuits } = await stateOf(ctx)
    const lasting = await findLasting(ctx.db, 'circuit')
    const [at, now] = [ctx.clock.now(), ctx.clock.realNow()]
    for (const { department, state } of circuits) {
      const told = lasting.get(department)
      if (state === 'open' || !lastOpen.has(department)) lastOpen.set(department, now)
      const isOver = state === 'closed' || now - lastOpen.get(department)! > CIRCUIT_QUIET
      if (state === 'open' && told === undefined) {
        await raiseAlert(ctx.db, { kind: 'circuit', source: `${department}:${randomUUID()}`, department, at })
      } else if (isOver && told !== undefined) await endAlert(ctx.db, told, at)
    }
  }
}

async function note(
  trx: ServerContext['db'], { clock }: ServerContext, actor: Actor, type: string,
  { id, ...more }: Partial<Subscription> & { readonly id: string }
): Promise<void> {
  const { kind = null, division_prefix: division = null, slug = null } = more
  await appendAudit(trx, {
    chain: 'system', type, actor: auditActor(actor), at: clock.now(),
    data: { subscriptionId: id, region: actor.region, ...(kind && { kind, division, slug }) }
  })
}

async function wordsOf(
  { db }: ServerContext, region: Region, { kind, department, division, slug, application_id }: Alert
): Promise<string> {
  if (kind === 'circuit') return `${systemName(region, department ?? '')}的系统没有回应，已暂停向它发送；恢复后自动继续。`
  const number = application_id === null ? null : (await findApplication(db, application_id))?.number
  const what = number ? `办件 ${number}${slug === null ? '' : `“${matterTitle(region, slug)}”`}` : ''
  const place = [division && divisionName(region, division), department && departmentName(region, department)].filter(Boolean).join('')
  return [what, place].filter(Boolean).join('，') || region.name
}

function subscriptionView(region: Region, { id, kind, division_prefix, slug }: Subscription) {
  const division = division_prefix === '' ? null : division_prefix.padEnd(6, '0')
  return {
    id, kind, title: ALERT_TITLES[kind], division, divisionName: division === null ? null : divisionName(region, division),
    slug, matter: slug === null ? null : matterTitle(region, slug)
  }
}
