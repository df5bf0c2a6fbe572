import { AppError } from '../../core/errors.ts'
import type { ErrorCode } from '../../core/errors.ts'
import { redact } from '../../core/redaction.ts'
import type { ServerContext } from '../context.ts'
import type { Lane, OutboxKind, OutboxRow } from '../db/outbox.ts'
import { claimOutbox, markOutboxDone, postponeOutbox, STUCK_AFTER } from '../db/outbox.ts'
import { EngineRefusal } from './rest.ts'
import { withinCase } from '../services/case-trace.ts'
import { senders } from './outbox-senders.ts'
import type { Sender, Sent } from './outbox-senders.ts'

type Context = ServerContext

export interface OutboxRelay {
  /** Begins to send what is due, as far as hands are free; rejects when our own database fails. */
  kick(): Promise<void>
  /** Sends until nothing is due any more and nothing is under way; answers how many entries were done. */
  drain(): Promise<number>
  /** Resolves when nothing is under way; claims nothing new. */
  idle(): Promise<void>
}

type Result = 'done' | 'next' | 'later' | 'away'

const AT_ONCE = 16
/** Longer than any single attempt can take, so that no second server begins while the first is still at it. */
const LOCK = 30_000
const FIRST_DELAY = 100
const LONGEST_DELAY = 60_000
/** Whoever was away is found again soon after it is back. */
const LONGEST_WHILE_AWAY = 5000
/** First pause of what came early: what it waits for will hasten it. */
const FIRST_WHILE_EARLY = 5000
const AWAY: ReadonlySet<ErrorCode> = new Set(['ENGINE_UNAVAILABLE', 'DEPARTMENT_UNAVAILABLE'])

/**
 * Carries one lane of the outbox to whom it is for: each aggregate's entries in their order, several aggregates side by side,
 * every entry until it has arrived. What fails comes again after a growing, scattered pause and is never given up.
 */
export function createOutboxRelay(
  ctx: Context, random: () => number = Math.random, lane: Lane = 'engine'
): OutboxRelay {
  const running = new Set<Promise<void>>()
  let done = 0
  let [isClosing, isAway] = [false, false]
  /** More may be due than was taken: the hands were full, or what was sent held up what came after it. */
  let isMoreDue = false
  let claiming: Promise<number> | undefined

  const note = (result: Result): void => {
    done += Number(result === 'done' || result === 'next')
    isAway = result === 'away'
    isMoreDue ||= result === 'next'
  }
  const begin = (row: OutboxRow): void => {
    const work = carry(ctx, row, random).then(note, (error: unknown) => ctx.log.error({ err: error }, 'outbox: its state could not be kept'))
      .finally(() => {
        running.delete(work)
        // A failure is told by the next kick.
        if (isMoreDue && !isClosing && !isAway && running.size < AT_ONCE / 2) void claim().catch(() => undefined)
      })
    running.add(work)
  }
  const claim = (): Promise<number> => {
    claiming ??= (async () => {
      for (let begun = 0; ;) {
        const now = ctx.clock.realNow()
        // While the other side is away one entry at a time asks for it, in place of a crowd.
        const limit = isAway ? 1 - running.size : AT_ONCE - running.size
        isMoreDue = limit <= 0
        if (isMoreDue) return begun
        const rows = await claimOutbox(ctx.db, { now, lockUntil: now + LOCK, limit, lane })
        for (const row of rows) begin(row)
        begun += rows.length
        // Hands that came free while the database answered must not wait for the one that is busy longest.
        isMoreDue ||= rows.length === limit
        if (!isMoreDue) return begun
      }
    })().finally(() => { claiming = undefined })
    return claiming
  }
  return {
    kick: async () => void await claim(),
    async drain() {
      const before = done
      while (await claim() > 0 || running.size > 0) await Promise.race(running)
      return done - before
    },
    async idle() {
      isClosing = true
      await Promise.all(running)
    }
  }
}

/** One attempt at one entry; `next` when another of its aggregate waits behind it. Rejects only when our own database fails. */
async function carry(ctx: Context, row: OutboxRow, random: () => number): Promise<Result> {
  const { db, clock, log } = ctx
  let error = 'NOBODY_WAITS'
  let [isAway, first] = [false, FIRST_DELAY]
  try {
    const sent = await send(ctx, row)
    if (sent === 'done') return await markOutboxDone(db, row.id, clock.realNow()) ? 'next' : 'done'
    if (sent === 'early') first = FIRST_WHILE_EARLY
  } catch (cause) {
    error = describe(cause)
    isAway = cause instanceof AppError && AWAY.has(cause.code)
    log.debug({ kind: row.kind, id: row.id, attempts: row.attempts, error }, 'outbox: an attempt failed')
  }
  if (row.attempts === STUCK_AFTER) log.error({ kind: row.kind, id: row.id, aggregateId: row.aggregate_id, error }, 'outbox: an entry does not get through')
  const pause = backoff(row.attempts, random, { first, longest: isAway ? LONGEST_WHILE_AWAY : LONGEST_DELAY })
  await postponeOutbox(db, row.id, { dueAt: clock.realNow() + pause, error })
  return isAway ? 'away' : 'later'
}

async function send(ctx: Context, { kind, aggregate_id, payload, attempts }: OutboxRow): Promise<Sent> {
  const sender = senders[kind as OutboxKind] as Sender<OutboxKind> | undefined
  if (!sender) throw new AppError('INTERNAL', { detail: `unknown kind of outbox entry: ${kind}` })
  return withinCase(ctx, aggregate_id, { name: `outbox ${kind}`, kind: 'producer', attributes: { subject: aggregate_id } },
    () => sender(ctx, aggregate_id, JSON.parse(payload) as never, attempts))
}

/** Pause (ms) after the n-th failed attempt: `first`, doubled each time up to `longest`, ±20 %. */
export function backoff(attempts: number, random: () => number, { first = FIRST_DELAY, longest = LONGEST_DELAY } = {}): number {
  const pause = Math.min(longest, first * 2 ** Math.min(attempts - 1, 20))
  return Math.round(pause * (0.8 + 0.4 * random()))
}

/** What may be kept of a failure: a code, and the engine's words with everything personal taken out. */
function describe(error: unknown): string {
  if (error instanceof EngineRefusal) return redact(`${error.code} ${error.engineStatus} ${error.engineMessage}`)
  if (error instanceof AppError) return error.code
  return redact(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
}
