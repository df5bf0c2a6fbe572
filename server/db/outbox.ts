import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'

/** What is still to be told to engine, people and platforms; relays (engine/outbox-relay.ts) send it after the commit. */
export interface OutboxRow {
  readonly id: string
  readonly kind: string
  readonly aggregate_id: string
  /** JSON without personal data. */
  readonly payload: string
  /** Real time, ms. */
  readonly due_at: number
  readonly attempts: number
  readonly last_error: string | null
  /** Real time, ms; also the order within one aggregate. */
  readonly created_at: number
  readonly done_at: number | null
  readonly locked_until: number | null
}

export interface OutboxPayloads {
  /** Starts the umbrella process; the aggregate is the application. */
  'start-process': Readonly<Record<string, never>>
  /** Completes a user task with a clerk's decision; the aggregate is the item (row, application) of the task. */
  'complete-task': { readonly taskId: string; readonly decision: string }
  /**
   * Delivers a message to the process with this business key; the aggregate is the same id. `awaitsConclusion`: nobody waits for
   * it before the row is concluded, and its conclusion hastens it.
   */
  'correlate-message': {
    readonly message: string; readonly businessKey: string; readonly correctionId?: string; readonly awaitsConclusion?: boolean
  }
  /** Sets the timers of a clock to business instants (ms), as it stands or was moved; the aggregate is the item or row. */
  'set-clock-timers': { readonly warnAt: number; readonly promisedAt: number; readonly redAt: number }
  /** Sends a message of the trail as a text message; the aggregate is the notification. */
  'send-message': Readonly<Record<string, never>>
  /** Tells a platform what became of an item; the aggregate is the item, `event` the audit event that says so. */
  'push-result': { readonly event: string }
}

export type OutboxKind = keyof OutboxPayloads

/** What is carried side by side: a message service or a platform that is away holds up nothing that the engine waits for. */
export const LANES = {
  engine: ['start-process', 'complete-task', 'correlate-message', 'set-clock-timers'],
  message: ['send-message'],
  platform: ['push-result']
} as const satisfies Readonly<Record<string, readonly OutboxKind[]>>

export type Lane = keyof typeof LANES

export interface OutboxEntry<K extends OutboxKind = OutboxKind> {
  readonly kind: K
  readonly aggregateId: string
  readonly payload: OutboxPayloads[K]
  /** Real time, ms, before which it must not be sent; now when left out. */
  readonly dueAt?: number
  /** An id of the caller's: what has been added under it already is not added again. */
  readonly id?: string
}

/** From this many failed attempts on a row is shown as standing still; it goes on being tried. */
export const STUCK_AFTER = 12

/** Nothing is put off for longer than this (ms): what is due later was written by a clock that had gone wrong. */
const FARTHEST = 15 * 60_000

/** What is due later than this (ms) is found by the relay's own rounds. */
const SOON = 200

const commits = new EventEmitter().setMaxListeners(0)
let lastCreated = 0

/**
 * Adds an entry in the caller's transaction and, once that has committed, wakes the relay of this process. Entries of one
 * aggregate are sent in the order in which they were added. Returns the entry's id. `along` is written with it, on PostgreSQL by
 * the same statement.
 */
export async function addToOutbox<K extends OutboxKind>(
  trx: Knex, entry: OutboxEntry<K>, realNow: number = Date.now(), along?: Knex.QueryBuilder
): Promise<string> {
  const id = entry.id ?? randomUUID()
  // Strictly rising within this process, as several entries of one aggregate may be added in one millisecond.
  lastCreated = Math.max(realNow, lastCreated + 1)
  const isOne = along !== undefined && isPostgres(trx)
  if (along && !isOne) await along
  await (isOne ? trx('outbox').with('along', along) : trx('outbox')).insert({
    id, kind: entry.kind, aggregate_id: entry.aggregateId, payload: JSON.stringify(entry.payload),
    due_at: entry.dueAt ?? realNow, attempts: 0, created_at: lastCreated
  }).onConflict('id').ignore()
  const pause = (entry.dueAt ?? realNow) - realNow
  if (pause <= SOON) wakeAfterCommit(trx, laneOf(entry.kind), pause)
  return id
}

/** Calls `listener` after every commit in this process that added to a lane of the outbox; returns how to stop. */
export function onOutboxCommit(listener: () => void, lane: Lane = 'engine'): () => void {
  commits.on(lane, listener)
  return () => commits.off(lane, listener)
}

function laneOf(kind: OutboxKind): Lane {
  return (Object.keys(LANES) as Lane[]).find(lane => (LANES[lane] as readonly OutboxKind[]).includes(kind))!
}

/**
 * Takes the entries of a lane that are due, the first of each aggregate only, and locks them until `lockUntil` (real ms). Several
 * servers may call it at once on PostgreSQL; the lock of one that died runs out.
 */
export async function claimOutbox(
  db: Knex, { now, lockUntil, limit, lane = 'engine' }: { now: number; lockUntil: number; limit: number; lane?: Lane }
): Promise<OutboxRow[]> {
  const due = (knex: Knex): Knex.QueryBuilder => knex('outbox as entry').select('entry.id')
    .whereNull('entry.done_at').where('entry.due_at', '<=', now).whereIn('entry.kind', [...LANES[lane]])
    .where(free => free.whereNull('entry.locked_until').orWhere('entry.locked_until', '<=', now))
    .whereNotExists(earlierOf(knex, lane))
    .orderBy([{ column: 'entry.due_at' }, { column: 'entry.id' }]).limit(limit)
  const take = (knex: Knex, ids: Knex.QueryBuilder | string[]): Promise<OutboxRow[]> => knex<OutboxRow>('outbox').whereIn('id', ids as string[])
    .update({ locked_until: lockUntil, attempts: knex.raw('attempts + 1') as never }).returning('*')
  // Materialised, so that the entries are chosen and locked once and not for each row that might be changed.
  const claimed = isPostgres(db)
    ? await take(db, db.withMaterialized('due', due(db).forUpdate('entry').skipLocked()).select('id').from('due'))
    : await db.transaction(async trx => take(trx, (await due(trx) as { id: string }[]).map(({ id }) => id)))
  return claimed.sort((one, other) => one.due_at - other.due_at || (one.id < other.id ? -1 : 1))
}

/** Marks an entry as sent; answers whether another of its aggregate waits behind it. */
export async function markOutboxDone(db: Knex, id: string, at: number): Promise<boolean> {
  const [done] = await db('outbox').where({ id }).update({ done_at: at, locked_until: null, last_error: null })
    .returning(db.raw(NEXT_WAITS) as never) as { next: unknown }[]
  return Boolean(done?.next)
}

const NEXT_WAITS = `(select max(1) from outbox as later where later.aggregate_id = outbox.aggregate_id and later.done_at is null
  and later.id <> outbox.id) as next`

/** Makes what lies for an aggregate due at `dueAt` (real ms), where it would be due later. */
export async function hastenOutbox(trx: Knex, aggregateId: string, dueAt: number, realNow: number): Promise<void> {
  await trx('outbox').where({ aggregate_id: aggregateId }).whereNull('done_at').where('due_at', '>', dueAt).update({ due_at: dueAt })
  wakeAfterCommit(trx, 'engine', dueAt - realNow)
}

/** Puts an entry back for a later attempt; `error` is a code or a redacted text. */
export async function postponeOutbox(
  db: Knex, id: string, { dueAt, error }: { dueAt: number; error: string }
): Promise<void> {
  await db('outbox').where({ id, done_at: null }).update({ due_at: dueAt, locked_until: null, last_error: error.slice(0, 500) })
}

/** Frees what a server that is gone had locked; only where no second server can be at work. */
export async function releaseOutboxLocks(db: Knex): Promise<void> {
  await db('outbox').whereNull('done_at').whereNotNull('locked_until').update({ locked_until: null })
}

/**
 * Makes due what a server put off, locked or added while its clock stood far ahead (of `now`, real ms); the order of what was
 * added stays. Answers how many entries that were.
 */
export async function recallOutbox(db: Knex, now: number): Promise<number> {
  const pending = () => db('outbox').whereNull('done_at')
  const far = now + FARTHEST
  const ahead = await pending().where('created_at', '>', far).max({ last: 'created_at' }) as { last: unknown }[]
  const by = Number(ahead[0]?.last ?? now) - now
  if (by > 0) await pending().where('created_at', '>', far).update({ created_at: db.raw('created_at - ?', [by]) as never })
  return pending().where(late => late.where('due_at', '>', far).orWhere('locked_until', '>', far)).update({ due_at: now, locked_until: null })
}

/**
 * Has everything told to the engine again that was told it since an instant (real ms): an engine that was restored as it stood
 * then has forgotten it. What it knows all the same does no harm, as every sender may repeat. Answers how many entries that were.
 */
export async function repeatOutbox(db: Knex, since: number): Promise<number> {
  return db('outbox').whereIn('kind', [...LANES.engine]).where('done_at', '>=', since).update({ done_at: null, due_at: since, attempts: 0 })
}

/** Takes back the task completion that nobody has begun to send; answers whether that was still possible. */
export async function cancelCompletion(trx: Knex, aggregateId: string, taskId: string): Promise<boolean> {
  const rows = await trx<OutboxRow>('outbox').where({ kind: 'complete-task', aggregate_id: aggregateId, attempts: 0, done_at: null })
  const row = rows.find(({ payload }) => (JSON.parse(payload) as OutboxPayloads['complete-task']).taskId === taskId)
  if (!row) return false
  return await trx('outbox').where({ id: row.id, attempts: 0, done_at: null }).delete() === 1
}

/** Entries that have failed so often that a person should look. */
export function findStuckOutbox(db: Knex): Promise<OutboxRow[]> {
  return db<OutboxRow>('outbox').whereNull('done_at').where('attempts', '>=', STUCK_AFTER).orderBy('created_at').limit(1000)
}

export interface LaneState {
  readonly lane: Lane
  readonly pending: number
  /** When the oldest of them was added, real ms; null when nothing waits. */
  readonly oldestAt: number | null
}

/** What each lane has still to send. */
export async function lanesState(db: Knex): Promise<LaneState[]> {
  const rows: { kind: OutboxKind; count: unknown; oldest: unknown }[] = await db('outbox').whereNull('done_at')
    .groupBy('kind').select('kind').count('* as count').min('created_at as oldest') as never
  return (Object.keys(LANES) as Lane[]).map(lane => {
    const own = rows.filter(({ kind }) => laneOf(kind) === lane)
    const pending = own.reduce((sum, { count }) => sum + Number(count), 0)
    return { lane, pending, oldestAt: own.length > 0 ? Math.min(...own.map(row => Number(row.oldest))) : null }
  })
}

/** Entries of an aggregate that have not been sent. */
export function findPendingOutbox(db: Knex, aggregateId: string): Promise<OutboxRow[]> {
  return db<OutboxRow>('outbox').where({ aggregate_id: aggregateId }).whereNull('done_at').orderBy('created_at')
}

/** Deletes entries that were done before an instant (real ms); returns how many. */
export async function purgeOutbox(db: Knex, before: number): Promise<number> {
  return db('outbox').whereNotNull('done_at').where('done_at', '<', before).delete()
}

/** An older, unsent entry of the same aggregate in the lane: what was said first must arrive first. */
function earlierOf(trx: Knex, lane: Lane): Knex.QueryBuilder {
  return trx('outbox as earlier').select(trx.raw('1')).whereIn('earlier.kind', [...LANES[lane]])
    .whereRaw('earlier.aggregate_id = entry.aggregate_id').whereNull('earlier.done_at')
    .whereRaw('(earlier.created_at < entry.created_at or (earlier.created_at = entry.created_at and earlier.id < entry.id))')
}

function wakeAfterCommit(db: Knex, lane: Lane, pause: number): void {
  const wake = (): void => {
    if (pause <= 0) commits.emit(lane)
    else setTimeout(() => commits.emit(lane), pause).unref()
  }
  if (db.isTransaction) void (db as Knex.Transaction).executionPromise.then(wake, () => undefined)
  else setImmediate(wake)
}
