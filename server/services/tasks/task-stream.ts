import type { Response } from 'express'
import type { Knex } from 'knex'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'

const LOOK_EVERY = 1000
const CHECK_SESSION_EVERY = 30_000
/** Each browser opens one; a few more may be lingering while it reloads. */
const MOST_PER_ACCOUNT = 6
/** So late, in ms, may a change be committed after the instant that it is stamped with. */
const LATE = 5000
/** A redating can stamp very many tasks at once: so many of the latest tell enough. */
const MOST_LATE = 1000

interface Stream {
  readonly actor: Actor
  readonly response: Response
  readonly isStillIn: () => Promise<boolean>
  checkedAt: number
}

/** The open event streams of one server. They say nothing but that something changed: the lists are asked for anew. */
export interface TaskStreams {
  /** Opens a stream for somebody who is logged in. Throws AppError STREAM_LIMIT (429). */
  open(res: Response, actor: Actor, isStillIn: () => Promise<boolean>): Promise<void>
  /** Looks once whether anything changed and whether sessions still hold. */
  look(): Promise<void>
  /** Ends all of them, and opens none any more. */
  close(): void
}

const shared = new WeakMap<ServerContext, TaskStreams>()

/** The streams of one server, which its routes open and its shutdown ends. */
export function taskStreamsOf(ctx: ServerContext): TaskStreams {
  const streams = shared.get(ctx) ?? createTaskStreams(ctx)
  shared.set(ctx, streams)
  return streams
}

/** One look at the database each second serves all streams; without a stream there is none. */
export function createTaskStreams({ db, clock, log }: Pick<ServerContext, 'db' | 'clock' | 'log'>): TaskStreams {
  const streams = new Set<Stream>()
  const told = new Map<string, Seen>()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  const end = (stream: Stream): void => {
    streams.delete(stream)
    if (!stream.response.writableEnded) stream.response.end()
    if (streams.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
  const look = async (): Promise<void> => {
    for (const stream of [...streams]) {
      if (clock.realNow() - stream.checkedAt < CHECK_SESSION_EVERY) continue
      stream.checkedAt = clock.realNow()
      if (!await stream.isStillIn()) end(stream)
    }
    for (const region of new Set([...streams].map(({ actor }) => actor.region ?? ''))) {
      const before = told.get(region)
      const seen = await lookAgain(db, region, before, clock.now())
      if (seen === before) continue
      told.set(region, seen)
      for (const stream of streams) if (stream.actor.region === region) tell(stream, seen)
    }
  }
  const tick = (): void => { look().catch((error: unknown) => log.warn({ err: error }, 'looking for changed tasks failed')) }
  return {
    look,
    async open(res, actor, isStillIn) {
      const own = [...streams].filter(stream => stream.actor.key === actor.key)
      if (isClosed) throw new AppError('SERVICE_UNAVAILABLE')
      if (own.length >= MOST_PER_ACCOUNT) throw new AppError('STREAM_LIMIT', { retryAfter: 30 })
      const region = actor.region ?? ''
      const seen = await lookAgain(db, region, told.get(region), clock.now())
      // The next look has still to tell the other streams what is new by now.
      if (!told.has(region)) told.set(region, seen)
      const stream: Stream = { actor, response: res, isStillIn, checkedAt: clock.realNow() }
      streams.add(stream)
      res.on('close', () => end(stream))
      res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }).flushHeaders()
      res.write('retry: 3000\n\n')
      tell(stream, seen)
      timer ??= setInterval(tick, LOOK_EVERY)
    },
    close() {
      isClosed = true
      for (const stream of [...streams]) end(stream)
    }
  }
}

function tell({ response }: Stream, { seq }: Seen): void {
  response.write(`data: ${JSON.stringify({ seq })}\n\n`)
}

/** What was last seen of a region's tasks; `seq` grows whenever one of them comes, goes or changes. */
interface Seen {
  readonly mark: string
  readonly seq: number
}

/**
 * What is seen of a region now: `before` itself when nothing changed. The latest stamp does not tell it alone: a change may be
 * committed after one with a later stamp, and the business clock (`now`) may have been set back. So the stamps shortly before
 * count too, by the index `work_item_changed`. While it stands back, a stamp that leaves their time is told as well: no harm.
 */
async function lookAgain(db: Knex, region: string, before: Seen | undefined, now: number): Promise<Seen> {
  const latest = await db('work_item').where({ region }).max('updated_at as at').first() as { at: number | string | null }
  const newest = Number(latest.at ?? 0)
  const around = Math.min(newest, now)
  const late = db('work_item').where({ region }).whereBetween('updated_at', [around - LATE, around + LATE])
    .orderBy('updated_at', 'desc').limit(MOST_LATE).select('updated_at')
  const { count, sum } = await db.from(late.as('late')).count('* as count').sum('updated_at as sum').first() as Record<string, unknown>
  const mark = [newest, count, sum].join()
  return before?.mark === mark ? before : { mark, seq: Math.max(newest, (before?.seq ?? -1) + 1) }
}
