import type { Knex } from 'knex'
import { NEVER } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { closeIntervals, findIntervals, openInterval } from '../../db/clock-intervals.ts'
import type { ClockInterval } from '../../db/clock-intervals.ts'
import { updateItem } from '../../db/items.ts'
import { addToOutbox } from '../../db/outbox.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { changeWorkItem } from '../../db/work-items.ts'
import { beganAt, clockFrom, dateColumns, datesTold, promisedTo } from '../legal-dates.ts'
import { lockSubject } from '../subjects.ts'
import { heldTask } from './claim-task.ts'
import { auditTask } from './task-audit.ts'

/**
 * 特别程序: stops the clock of one item for a kind that the region's list names, with a reason that the applicant is told of in
 * writing. From today on no day counts, and no timer of the engine fires; the sibling items go on.
 * @throws AppError TASK_GONE, TASK_NOT_CLAIMED, TASK_CLAIMED, CLOCK_NOT_RUNNING (409), SPECIAL_KIND_UNKNOWN (422)
 */
export async function startSpecial(
  ctx: ServerContext, actor: Actor, taskId: string, { kind, reason }: { kind: string; reason: string }
): Promise<void> {
  const task = await heldReview(ctx, actor, taskId)
  const known = (ctx.regions.get(task.region).specialProcedures ?? []).find(({ code }) => code === kind)
  if (!known) throw new AppError('SPECIAL_KIND_UNKNOWN', { fields: [{ path: '/kind', code: 'SPECIAL_KIND_UNKNOWN', message: '请从列出的种类中选择' }] })
  const today = ctx.clock.today()
  await ctx.db.transaction(async trx => {
    const { id } = await lockedItem(trx, task)
    if (!(await findIntervals(trx, id)).some(isOpen('running'))) throw new AppError('CLOCK_NOT_RUNNING')
    await closeIntervals(trx, id, today, 'running')
    await openInterval(trx, { subjectId: id, kind: known.stop ?? 'special', startedOn: today, reason: kind })
    await setDates(trx, ctx, task, { warnAt: NEVER, promisedAt: NEVER, redAt: NEVER })
    await auditTask(trx, ctx, actor, task, {
      type: 'special-started', data: { special: kind, label: known.text, clause: known.clause, startedOn: today }, text: reason.trim()
    })
  })
}

/** Ends it: the clock runs again from the day after, and every date moves by the days that did not count. Throws likewise. */
export async function endSpecial(ctx: ServerContext, actor: Actor, taskId: string): Promise<void> {
  const task = await heldReview(ctx, actor, taskId)
  const today = ctx.clock.today()
  await ctx.db.transaction(async trx => {
    const { id, item, application } = await lockedItem(trx, task)
    const before = await findIntervals(trx, id)
    const stop = before.find(isOpen('special', 'waiting'))
    if (!stop) throw new AppError('CLOCK_NOT_RUNNING')
    const deadline = promisedTo(ctx.calendar, item, application.accepted_on!, before)
    await closeIntervals(trx, id, today, stop.kind)
    await openInterval(trx, { subjectId: id, kind: 'running', startedOn: today })
    const intervals = await findIntervals(trx, id)
    const start = beganAt(intervals, application.accepted_at, application.accepted_on)
    const place = { region: ctx.regions.get(task.region), calendar: ctx.calendar, division: item.division }
    const clock = clockFrom(place, deadline, start, intervals)
    await updateItem(trx, id, dateColumns(deadline, clock), ctx.clock.now())
    await setDates(trx, ctx, task, clock)
    await auditTask(trx, ctx, actor, task, { type: 'special-ended', data: { promisedDue: clock.promisedDueDate, dates: datesTold(clock) } })
  })
}

/** The special procedure under which an item stands now, null when its clock runs. */
export async function openSpecial(ctx: Pick<ServerContext, 'db' | 'regions'>, { item_id, region }: WorkItem) {
  if (item_id === null) return null
  const interval = (await findIntervals(ctx.db, item_id)).find(isOpen('special', 'waiting'))
  if (!interval) return null
  const kind = ctx.regions.get(region).specialProcedures?.find(({ code }) => code === interval.reason)
  return { kind: interval.reason ?? '', text: kind?.text ?? '特别程序', startedOn: interval.started_on }
}

interface Dates {
  readonly warnAt: number
  readonly promisedAt: number
  readonly redAt: number
}

/** The task's own date at once, the engine's timers by the outbox. */
async function setDates(trx: Knex, ctx: ServerContext, task: WorkItem, { warnAt, promisedAt, redAt }: Dates): Promise<void> {
  await changeWorkItem(trx, task.id, { state: 'open' }, { due_at: promisedAt }, ctx.clock.now())
  await addToOutbox(trx, {
    kind: 'set-clock-timers', aggregateId: task.item_id!, payload: { warnAt, promisedAt, redAt }
  }, ctx.clock.realNow())
}

async function heldReview(ctx: ServerContext, actor: Actor, id: string): Promise<WorkItem> {
  const task = await heldTask(ctx, actor, id)
  // The row of a declaration has no dates of its own, and a task without an item no clock.
  if (task.kind !== 'review' || task.item_id === null || task.row_id !== null) throw new AppError('CLOCK_NOT_RUNNING')
  return task
}

async function lockedItem(trx: Knex, task: WorkItem) {
  const { application, item } = await lockSubject(trx, task.item_id!)
  if (!item || item.outcome !== null || application.accepted_on === null) throw new AppError('CLOCK_NOT_RUNNING')
  return { id: item.id, item, application }
}

const isOpen = (...kinds: readonly ClockInterval['kind'][]) => ({ kind, ended_on }: ClockInterval): boolean => kinds.includes(kind) && ended_on === null
