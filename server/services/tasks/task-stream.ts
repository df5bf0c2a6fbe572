import type { Response } from 'express'
import type { Knex } from 'knex'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'

const LOOK_EVERY = 1000
const CHECK_SESSION_EVERY = 30_000
/** Each browser opens one; a few more may be lingering while it reloads. */
const MOST_PER_ACCOUNT = 6

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
  const told = new Map<string, number>()
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
      const seq = await sequenceOf(db, region)
      if (told.get(region) === seq) continue
      told.set(region, seq)
      for (const stream of streams) if (stream.actor.region === region) tell(stream, seq)
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
      const seq = await sequenceOf(db, region)
      if (!told.has(region)) told.set(region, seq)
      const stream: Stream = { actor, response: res, isStillIn, checkedAt: clock.realNow() }
      streams.add(stream)
      res.on('close', () => end(stream))
      res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }).flushHeaders()
      res.write('retry: 3000\n\n')
      tell(stream, seq)
      timer ??= setInterval(tick, LOOK_EVERY)
    },
    close() {
      isClosed = true
      for (const stream of [...streams]) end(stream)
    }
  }
}

function tell({ response }: Stream, seq: number): void {
  response.write(`data: ${JSON.stringify({ seq })}\n\n`)
}

/** Grows whenever a task of the region comes, goes or changes. */
async function sequenceOf(db: Knex, region: string): Promise<number> {
  const row = await db('work_item').where({ region }).max('updated_at as seq').first() as { seq: number | string | null } | undefined
  return Number(row?.seq ?? 0)
}
