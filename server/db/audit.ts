import { createHash, randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import type { CryptoProvider } from '../crypto/crypto-provider.ts'
import { announce } from './announcements.ts'
import type { Application } from './applications.ts'
import type { AuditInput, AuditRow } from './audit-event.ts'
import { isPostgres } from './connect.ts'

export interface Head {
  readonly seq: number
  readonly hash: string
}

const START: Head = { seq: 0, hash: '0'.repeat(64) }
const SYSTEM = 'system'
/** Key of the advisory lock under which the system chain grows; any constant of our own will do. */
const SYSTEM_LOCK = 450_640

/**
 * Adds one event to its chain, in the caller's transaction (in one of its own when given a plain connection). The application's
 * row stays locked until the end, so writers of one chain queue up. Whoever has to hear of the event is told after the commit
 * (announcements.ts). To avoid deadlocks append to 'system' last.
 * @throws AppError SUBJECT_UNKNOWN when there is no such application
 */
export async function appendAudit(db: Knex, input: AuditInput, crypto?: CryptoProvider): Promise<AuditRow> {
  if (!db.isTransaction) return db.transaction(trx => appendAudit(trx, input, crypto))
  if (input.text && !crypto) throw new AppError('INTERNAL', { detail: '审计文字须加密后保存' })
  const { head, channel } = input.chain === SYSTEM ? { head: await lockSystemHead(db) }
    : heldHead(db, input.chain) ?? await lockApplication(db, input.chain)
  const id = randomUUID()
  const unsealed = {
    id,
    chain: input.chain,
    seq: head.seq + 1,
    at: input.at,
    type: input.type,
    actor_role: input.actor.role,
    actor_id: input.actor.id,
    item_id: input.itemId ?? null,
    data: canonicalJson(input.data ?? {}),
    text_enc: input.text ? crypto!.encrypt('audit_event', 'text_enc', id, input.text) : null,
    prev_hash: head.hash
  }
  const row: AuditRow = { ...unsealed, hash: hashOf(unsealed) }
  await store(db, row)
  if (channel) hold(db, row.chain, { head: row, channel })
  if (channel) await announce(db, row, input.data, channel)
  return row
}

/** PostgreSQL takes the three writes in one statement, which saves two round trips in the busiest place of the server. */
async function store(trx: Knex, row: AuditRow): Promise<void> {
  const { chain, seq, hash } = row
  if (isPostgres(trx)) {
    await trx.raw(STORE, [...COLUMNS.map(column => row[column]), chain, seq, `${seq}:${hash}`, chain])
    return
  }
  await trx('audit_event').insert(row)
  await trx('audit_unsealed').insert({ chain, seq })
  await trx('application').where({ id: chain }).update({ audit_head: `${seq}:${hash}` })
}

const COLUMNS = [
  'id', 'chain', 'seq', 'at', 'type', 'actor_role', 'actor_id', 'item_id', 'data', 'text_enc', 'prev_hash', 'hash'
] as const satisfies readonly (keyof AuditRow)[]
const STORE = `with event as (insert into audit_event (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})),
  unsealed as (insert into audit_unsealed (chain, seq) values (?, ?)) update application set audit_head = ? where id = ?`

/** Events of one chain in order, oldest first. */
export function readChain(db: Knex, chain: string): Promise<AuditRow[]> {
  return db<AuditRow>('audit_event').where({ chain }).orderBy('seq')
}

export async function findAuditEvent(db: Knex, id: string): Promise<AuditRow | null> {
  return await db<AuditRow>('audit_event').where({ id }).first() ?? null
}

export interface ChainVerdict {
  readonly isIntact: boolean
  readonly count: number
  /** First place that does not fit, and why. */
  readonly brokenAt?: number
  readonly reason?: 'gap' | 'link' | 'hash' | 'head'
}

/** Recomputes a chain and compares its end with the head that the application keeps. */
export async function verifyChain(db: Knex, chain: string): Promise<ChainVerdict> {
  return (await readVerified(db, chain)).verdict
}

/**
 * The events of a chain, oldest first, and what verifyChain says of just these. They and the head are read by one statement:
 * between two of them another event could come, and a sound chain would be called cut.
 */
export async function readVerified(db: Knex, chain: string): Promise<{ events: AuditRow[]; verdict: ChainVerdict }> {
  const rows = await db.from(db.raw('(select cast(? as text) as asked) as one', [chain]))
    .leftJoin('application', 'application.id', 'asked').leftJoin('audit_event', 'audit_event.chain', 'asked')
    .orderBy('audit_event.seq').select('audit_event.*', { kept_head: 'application.audit_head' }) as (AuditRow & { kept_head: string | null })[]
  const kept = rows[0]?.kept_head ?? null
  const events = rows.filter(({ id }) => id !== null).map(({ kept_head: _, ...event }) => event)
  return { events, verdict: checkChain(events, chain === SYSTEM ? undefined : kept) }
}

/** An event whose content is kept back: only its place in the chain can be judged. */
export type ChainLink = Pick<AuditRow, 'seq' | 'prev_hash' | 'hash'> & Partial<AuditRow>

/** The same for events in hand, in the order in which they should follow each other; `keptHead` = `seq:hash`, if one is known. */
export function checkChain(rows: readonly ChainLink[], keptHead?: string | null): ChainVerdict {
  let last: Head = START
  for (const row of rows) {
    const reason = misfit(row, last)
    if (reason) return { isIntact: false, count: rows.length, brokenAt: row.seq, reason }
    last = row
  }
  if (keptHead !== undefined) {
    const { seq, hash } = parseHead(keptHead)
    if (seq !== last.seq || hash !== last.hash) return { isIntact: false, count: rows.length, brokenAt: last.seq + 1, reason: 'head' }
  }
  return { isIntact: true, count: rows.length }
}

/** Why an event does not come next after another (when left out: is not the first); undefined if it does. */
export function misfit(row: ChainLink, last: Head = START): Exclude<ChainVerdict['reason'], 'head'> {
  const isWhole = row.data === undefined || row.hash === hashOf(row as AuditRow)
  return row.seq !== last.seq + 1 ? 'gap' : row.prev_hash !== last.hash ? 'link' : isWhole ? undefined : 'hash'
}

/** Hash of an event's content and of its predecessor's hash; what is sealed counts in its sealed form. */
export function hashOf({ id, chain, seq, at, type, actor_role, actor_id, item_id, data, text_enc, prev_hash }: Omit<AuditRow, 'hash'>): string {
  return sha256(prev_hash + canonicalJson({ id, chain, seq, at, type, actor_role, actor_id, item_id, data, text_enc }))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** JSON with keys in order and without undefined members, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
    const members = one as Record<string, unknown>
    return Object.fromEntries(Object.keys(members).sort().map(key => [key, members[key]]))
  })
}

interface Held {
  readonly head: Head
  readonly channel: string
}

/** Ends of the chains whose application a transaction has locked; nobody else can add to them before it is over. */
const held = new WeakMap<Knex, Map<string, Held>>()

/** Tells what is known of an application that this transaction has locked, so that it is not read again for each event. */
export function holdHead(trx: Knex, { id, audit_head, channel }: Pick<Application, 'id' | 'audit_head' | 'channel'>): void {
  if (trx.isTransaction) hold(trx, id, { head: parseHead(audit_head), channel })
}

function hold(trx: Knex, chain: string, known: Held): void {
  const chains = held.get(trx) ?? new Map<string, Held>()
  held.set(trx, chains.set(chain, known))
}

function heldHead(trx: Knex, chain: string): Held | undefined {
  return held.get(trx)?.get(chain)
}

async function lockApplication(trx: Knex, id: string): Promise<Held> {
  const query = trx('application').where({ id }).first('audit_head', 'channel')
  // Not FOR UPDATE: that would also block the foreign-key checks of rows that others are inserting.
  const row = await (isPostgres(trx) ? query.forNoKeyUpdate() : query) as Pick<Application, 'audit_head' | 'channel'> | undefined
  if (!row) throw new AppError('SUBJECT_UNKNOWN')
  return { head: parseHead(row.audit_head), channel: row.channel }
}

/**
 * Locks several applications at once, always in the same order, so that each event that this transaction adds to one of them
 * needs no question of its own.
 */
export async function lockHeads(trx: Knex, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const query = trx('application').whereIn('id', [...new Set(ids)]).orderBy('id').select('id', 'audit_head', 'channel')
  const rows = await (isPostgres(trx) ? query.forNoKeyUpdate() : query) as Pick<Application, 'id' | 'audit_head' | 'channel'>[]
  for (const row of rows) holdHead(trx, row)
}

async function lockSystemHead(trx: Knex): Promise<Head> {
  if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(?)', [SYSTEM_LOCK])
  const row = await trx<AuditRow>('audit_event').where({ chain: SYSTEM }).orderBy('seq', 'desc').first('seq', 'hash')
  return row ?? START
}

function parseHead(text: string | null): Head {
  if (text === null) return START
  const [seq, hash = ''] = text.split(':')
  return { seq: Number(seq), hash }
}
