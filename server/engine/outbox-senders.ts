import { RetryableError } from '../../core/errors.ts'
import type { ServerContext } from '../context.ts'
import { updateApplication } from '../db/applications.ts'
import { markDecisionSent } from '../db/decisions.ts'
import { findRowsOfApplication } from '../db/item-rows.ts'
import { DECIDED_ROWS } from '../db/item-rows.ts'
import { DECIDED, findItemsOfApplication } from '../db/items.ts'
import type { OutboxKind, OutboxPayloads } from '../db/outbox.ts'
import { endWorkItem } from '../db/work-items.ts'
import { correctionSubject } from '../services/correction-subject.ts'
import { sendMessage } from '../services/messages/send.ts'
import { pushResult } from '../services/platform/push-result.ts'
import { findSubject } from '../services/subjects.ts'
import { endDoubles } from './gateway-instances.ts'
import { startVariables } from './start-variables.ts'
import { BOUNDARIES } from './timer-feed.ts'

type Context = ServerContext

/** `later`: nobody takes it yet, which may be right; try again. `early`: as `later`, and what it waits for will hasten it. */
export type Sent = 'done' | 'later' | 'early'

/** Sends one entry, for the n-th time; safe to repeat, as the reply to an earlier attempt may have been lost. */
export type Sender<K extends OutboxKind> = (
  ctx: Context, aggregateId: string, payload: OutboxPayloads[K], attempts: number
) => Promise<Sent>

/** After so many attempts it is no matter of moments any more. */
const LONG_AFTER_CONCLUSION = 8
/** An engine that took so long (ms) to answer is told nothing by this attempt: a call may take 10 s more, the lock lasts 30. */
const NOTHING_SET_AFTER = 15_000

export const senders: { readonly [K in OutboxKind]: Sender<K> } = {
  /** The engine does not know that a business key is unique, so it is asked before, and a double is taken back. */
  async 'start-process'(ctx, applicationId) {
    const subject = await findSubject(ctx.db, applicationId)
    if (!subject) return 'done'
    const { application } = subject
    const key = `${application.region}-enrolment`
    const existing = await ctx.engine.findInstancesByBusinessKey(applicationId, key)
    if (existing.length === 0) {
      const items = await findItemsOfApplication(ctx.db, applicationId)
      const rows = await findRowsOfApplication(ctx.db, applicationId)
      const region = ctx.regions.get(application.region)
      await ctx.engine.startProcess(key, applicationId, startVariables(region, application, items, rows))
    }
    for (const instanceId of await endDoubles(ctx.engine, existing)) {
      ctx.log.warn({ applicationId, instanceId }, 'outbox: the process had been started twice, the later one is ended')
    }
    const startedAt = application.process_started_at ?? ctx.clock.now()
    await updateApplication(ctx.db, applicationId, { process_started_at: startedAt }, application.updated_at)
    return 'done'
  },

  /** "No such task" after a lost reply means completed; otherwise the process has taken the task away (withdrawal). */
  async 'complete-task'(ctx, _aggregateId, { taskId, decision }) {
    const answer = await ctx.engine.completeTask(taskId, { decision })
    const isCompleted = answer === 'done' || ((await ctx.engine.endedTask(taskId))?.isCompleted ?? false)
    const now = ctx.clock.now()
    await ctx.db.transaction(async trx => {
      await endWorkItem(trx, taskId, { isCompleted, endedAt: now }, now)
      if (isCompleted) await markDecisionSent(trx, taskId, now)
    })
    return 'done'
  },

  /** Nobody waits: too early, or taken before. Our tables and the end of the process tell which. */
  async 'correlate-message'(ctx, _aggregateId, { message, businessKey, correctionId, awaitsConclusion = false }, attempts) {
    const target = correctionId === undefined
      ? { key: businessKey, isOver: false, isTaken: false }
      : await correctionSubject(ctx.db, correctionId)
    if (!target || target.isOver) return 'done'
    // Also what was taken: the engine may be one of a backup that is older than our tables.
    if (await ctx.engine.correlateMessage(message, target.key) === 'delivered' || target.isTaken) return 'done'
    return awaitsConclusion && attempts < LONG_AFTER_CONCLUSION ? onItsWay(ctx, target.key) : whatOf(ctx, target.key)
  },

  /** A timer that has fired already is gone, and stays so. Side by side, as an attempt must end before the entry's lock does. */
  async 'set-clock-timers'(ctx, subjectId, { warnAt, promisedAt, redAt }) {
    const startedAt = ctx.clock.realNow()
    const instance = (await ctx.engine.findInstancesByBusinessKey(subjectId)).find(({ endedAt }) => endedAt === null)
    if (!instance) return 'done'
    const dates = [['warn', warnAt], ['yellow', promisedAt], ['red', redAt]] as const
    const timers = await Promise.all(dates.map(async ([milestone, at]) =>
      (await ctx.engine.timersOf(instance.id, BOUNDARIES[milestone])).map(({ id }) => ({ id, at }))))
    if (ctx.clock.realNow() - startedAt > NOTHING_SET_AFTER) throw new RetryableError('ENGINE_UNAVAILABLE')
    // All are waited for, also when one fails: what is still under way must not be overtaken by the next entry.
    const set = await Promise.allSettled(timers.flat().map(({ id, at }) => ctx.engine.setTimerDue(id, at)))
    for (const one of set) if (one.status === 'rejected') throw one.reason
    return 'done'
  },

  async 'send-message'(ctx, notificationId) {
    await sendMessage(ctx, notificationId)
    return 'done'
  },

  async 'push-result'(ctx, itemId, { event }) {
    await pushResult(ctx, itemId, event)
    return 'done'
  }
}

/** Whether the row is still to be concluded, or its process on the way to where it waits; the engine is not asked for it. */
async function onItsWay({ db }: Pick<Context, 'db'>, key: string): Promise<Sent> {
  const row = (await findSubject(db, key))?.row
  return row && row.outcome === null ? 'early' : 'later'
}

/** What becomes of a message that nobody took: `done` when the process that it was for will never wait for it again. */
async function whatOf({ db, engine }: Pick<Context, 'db' | 'engine'>, key: string): Promise<Sent> {
  const subject = await findSubject(db, key)
  if (!subject) return 'done'
  const { row, item, application } = subject
  const isOpen = application.closed_at === null && application.refused_at === null
  const instances = await engine.findInstancesByBusinessKey(key)
  if (instances.length > 0) return instances.every(({ endedAt }) => endedAt !== null) ? 'done' : 'later'
  // Never started: a row whose registration failed, or an item of an application that was refused.
  const isDecided = row ? DECIDED_ROWS.includes(row.status) : item !== null && DECIDED.includes(item.status)
  return !isOpen || isDecided ? 'done' : 'later'
}
