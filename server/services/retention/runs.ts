import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { retentionKinds } from '../../../core/retention.ts'
import type { RetentionKind } from '../../../core/retention.ts'
import { auditActor, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import type { AuditInput } from '../../db/audit-event.ts'
import { findRun, findRunsIn, insertRun, listRuns, moveRun } from '../../db/erasure-runs.ts'
import type { ErasurePlan, ErasureRun, ErasureState } from '../../db/erasure-runs.ts'
import { countExpired, findExpired } from '../../db/expired.ts'
import { erasers } from './erase.ts'

const DAY = 86_400_000
const SHOWN = 20
/** So much of a kind is erased before the loop rests. */
const BATCH = 100

const TITLES: Readonly<Record<RetentionKind, string>> = {
  drafts: '未提交的草稿', materials: '申请材料', forms: '申请表和其他个人信息', messages: '消息和短信', feedback: '群众意见'
}
const STATES: Readonly<Record<ErasureState, string>> = { proposed: '待复核', confirmed: '正在清除', done: '已清除', rejected: '已退回' }
const BY_CONFIGURATION = { role: 'system', id: 'retention' } as const

/** The region's periods with what is past them now (nothing is erased by looking), and the last runs. */
export async function retentionState(ctx: ServerContext, actor: Actor) {
  const region = wholeRegionOf(actor)
  const { note, isAutomatic, days } = ctx.regions.retention(region)
  const kinds = await Promise.all(retentionKinds.map(async kind => {
    const before = reachOf(ctx, days[kind])
    const { count, oldestAt } = before === null ? { count: 0, oldestAt: null } : await countExpired(ctx.db, region, kind, before)
    return { kind, title: TITLES[kind], days: days[kind], due: count, oldestAt: instant(oldestAt) }
  }))
  return { note, isAutomatic, kinds, runs: (await listRuns(ctx.db, region, SHOWN)).map(runView) }
}

/**
 * Lists what is past its period for a second person to confirm.
 * Throws AppError ERASURE_MOVED_ON (409) while a run waits or is done, NOTHING_EXPIRED (409).
 */
export async function proposeErasure(ctx: ServerContext, actor: Actor) {
  const region = wholeRegionOf(actor)
  const [last] = await listRuns(ctx.db, region, 1)
  if (last && (last.state === 'proposed' || last.state === 'confirmed')) throw new AppError('ERASURE_MOVED_ON')
  const plan = await planOf(ctx, region)
  if (Object.keys(plan).length === 0) throw new AppError('NOTHING_EXPIRED')
  const run = newRun(ctx, region, plan, idOf(actor))
  await ctx.db.transaction(async trx => {
    await insertRun(trx, run)
    await note(trx, ctx, auditActor(actor), run, 'erasure-proposed')
  })
  return runView(run)
}

/**
 * A second person lets a run begin, or sends it back; what it reaches is what was listed.
 * Throws AppError NOT_FOUND, SECOND_PERSON_REQUIRED (403), ERASURE_MOVED_ON (409).
 */
export async function decideErasure(ctx: ServerContext, actor: Actor, id: string, isConfirmed: boolean) {
  const run = await findRun(ctx.db, wholeRegionOf(actor), id)
  if (!run) throw new AppError('NOT_FOUND')
  if (isConfirmed && run.proposed_by === idOf(actor)) throw new AppError('SECOND_PERSON_REQUIRED')
  const patch = { state: isConfirmed ? 'confirmed' as const : 'rejected' as const, decided_by: idOf(actor), decided_at: ctx.clock.now() }
  await ctx.db.transaction(async trx => {
    if (!await moveRun(trx, id, 'proposed', patch)) throw new AppError('ERASURE_MOVED_ON')
    await note(trx, ctx, auditActor(actor), run, isConfirmed ? 'erasure-confirmed' : 'erasure-rejected')
  })
  return runView({ ...run, ...patch })
}

/** Begins what regions have set to go by itself, once a day, and goes on with every run that is confirmed. Safe to repeat. */
export async function workErasures(ctx: ServerContext): Promise<void> {
  for (const { slug } of ctx.regions.all()) await beginByConfiguration(ctx, slug)
  for (const run of await findRunsIn(ctx.db, 'confirmed')) await carryOut(ctx, run)
}

async function beginByConfiguration(ctx: ServerContext, region: string): Promise<void> {
  if (!ctx.regions.retention(region).isAutomatic) return
  const [last] = await listRuns(ctx.db, region, 1)
  const isBusy = last && (last.state === 'proposed' || last.state === 'confirmed' || last.proposed_at > ctx.clock.now() - DAY)
  const plan = isBusy ? {} : await planOf(ctx, region)
  if (Object.keys(plan).length === 0) return
  const at = ctx.clock.now()
  const run: ErasureRun = { ...newRun(ctx, region, plan, BY_CONFIGURATION.id), state: 'confirmed', decided_by: BY_CONFIGURATION.id, decided_at: at }
  await ctx.db.transaction(async trx => {
    await insertRun(trx, run)
    await note(trx, ctx, BY_CONFIGURATION, run, 'erasure-confirmed')
  })
}

/** Erases up to a batch of each kind, each thing in a transaction of its own; the run is done when nothing of it is left. */
async function carryOut(ctx: ServerContext, run: ErasureRun): Promise<void> {
  const plan: Record<string, NonNullable<ErasurePlan[RetentionKind]>> = { ...run.plan }
  let isDone = true
  for (const kind of retentionKinds) {
    const reach = plan[kind]
    if (!reach) continue
    const ids = await findExpired(ctx.db, run.region, kind, { before: reach.before, limit: BATCH })
    let erased = 0
    for (const id of ids) {
      try {
        if (await erasers[kind](ctx, id)) erased++
      } catch (err) {
        ctx.log.error({ err, kind, id }, 'retention: this could not be erased, it is tried again')
        isDone = false
      }
    }
    plan[kind] = { ...reach, erased: reach.erased + erased }
    if (ids.length === BATCH) isDone = false
  }
  const patch = { plan, ...(isDone && { state: 'done' as const, done_at: ctx.clock.now() }) }
  await ctx.db.transaction(async trx => {
    if (await moveRun(trx, run.id, 'confirmed', patch) && isDone) await note(trx, ctx, BY_CONFIGURATION, { ...run, plan }, 'erasure-done')
  })
}

async function planOf(ctx: ServerContext, region: string): Promise<ErasurePlan> {
  const { days } = ctx.regions.retention(region)
  const reaches = await Promise.all(retentionKinds.map(async kind => {
    const before = reachOf(ctx, days[kind])
    const due = before === null ? 0 : (await countExpired(ctx.db, region, kind, before)).count
    return due > 0 ? [[kind, { before: before!, due, erased: 0 }] as const] : []
  }))
  return Object.fromEntries(reaches.flat())
}

/** What began before this instant is past its period. */
function reachOf({ clock }: Pick<ServerContext, 'clock'>, days: number | null): number | null {
  return days === null ? null : clock.now() - days * DAY
}

function newRun({ clock }: ServerContext, region: string, plan: ErasurePlan, by: string): ErasureRun {
  return {
    id: randomUUID(), region, state: 'proposed', plan, proposed_by: by, proposed_at: clock.now(),
    decided_by: null, decided_at: null, done_at: null
  }
}

/** Periods hold for a whole region: who answers for a part of one does not erase. Throws AppError FORBIDDEN. */
function wholeRegionOf({ region, division }: Actor): string {
  if (region === null || division !== null) throw new AppError('FORBIDDEN')
  return region
}

async function note(
  trx: ServerContext['db'], { clock }: ServerContext, actor: AuditInput['actor'], run: ErasureRun, type: string
): Promise<void> {
  const isDone = type === 'erasure-done'
  const counts = Object.fromEntries(Object.entries(run.plan).map(([kind, { due, erased }]) => [kind, isDone ? erased : due]))
  await appendAudit(trx, { chain: 'system', type, actor, data: { runId: run.id, region: run.region, ...counts }, at: clock.now() })
}

const instant = (at: number | null): string | null => at === null ? null : formatInstant(at)

function runView(run: ErasureRun) {
  return {
    id: run.id, state: run.state, stateText: STATES[run.state],
    kinds: Object.entries(run.plan).map(([kind, { before, due, erased }]) => ({
      kind, title: TITLES[kind as RetentionKind], before: formatInstant(before), due, erased
    })),
    proposedBy: run.proposed_by, proposedAt: formatInstant(run.proposed_at),
    decidedBy: run.decided_by, decidedAt: instant(run.decided_at), doneAt: instant(run.done_at)
  }
}
