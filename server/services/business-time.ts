import { NEVER } from '../../core/dates.ts'
import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../db/feed-cursors.ts'
import { everyPage } from '../engine/gateway-instances.ts'

type Context = Pick<ServerContext, 'db' | 'engine' | 'clock' | 'config'>

const STORED = 'business-clock'
const AT_ONCE = 16

interface StoredClock {
  /** The configured start that the offset was counted from. */
  readonly now: string
  readonly offset: number
}

/**
 * Sets the business clock and moves every open timer of the engine along, which lives in real time: a timer that was due in
 * three business days still is. Answers how many timers were moved. Development only.
 */
export async function setBusinessTime(ctx: Context, iso: string): Promise<{ offset: number; timers: number }> {
  const before = ctx.clock.offset
  ctx.clock.set(iso)
  const timers = await moveTimers(ctx, before)
  await store(ctx)
  return { offset: ctx.clock.offset, timers }
}

/** Goes on with the clock as it was set before a restart; a start with another NOW begins a clock of its own. */
export async function restoreBusinessTime(ctx: Pick<Context, 'db' | 'clock' | 'config'>): Promise<void> {
  const stored = await readStored(ctx)
  if (stored?.now === ctx.config.now) ctx.clock.setOffset(stored.offset)
}

/** Moves the engine's open timers from the clock they were counted with to the one of now; nothing to do when it is the same. */
export async function alignTimers(ctx: Context): Promise<void> {
  const stored = await readStored(ctx)
  if (stored && stored.offset !== ctx.clock.offset) await moveTimers(ctx, stored.offset)
  if (stored?.now !== ctx.config.now || stored.offset !== ctx.clock.offset) await store(ctx)
}

async function readStored({ db }: Pick<Context, 'db'>): Promise<StoredClock | null> {
  const text = await readCursor(db, STORED)
  return text === '' ? null : JSON.parse(text) as StoredClock
}

/** Shifts what was counted with the offset `before` to the offset of now. */
async function moveTimers({ engine, clock }: Context, before: number): Promise<number> {
  const open = new Map<string, number>()
  for await (const page of everyPage(at => engine.openTimers(at))) {
    for (const { id, dueAt } of page) if (dueAt !== null && dueAt < NEVER) open.set(id, dueAt)
  }
  const timers = [...open]
  for (let start = 0; start < timers.length; start += AT_ONCE) {
    await Promise.all(timers.slice(start, start + AT_ONCE).map(([id, dueAt]) => engine.setTimerDue(id, dueAt + before)))
  }
  return clock.offset === before ? 0 : open.size
}

async function store({ db, clock, config }: Context): Promise<void> {
  await writeCursor(db, STORED, JSON.stringify({ now: config.now, offset: clock.offset } satisfies StoredClock))
}
