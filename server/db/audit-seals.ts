import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { canonicalJson, sha256 } from './audit.ts'
import { isPostgres } from './connect.ts'
import { groupBy } from './group-by.ts'

export interface SealRow {
  readonly id: string
  readonly number: number
  readonly at: number
  /** Events covered since the seal before. */
  readonly count: number
  readonly heads_hash: string
  readonly prev_hash: string
  readonly hash: string
}

export interface SealHead {
  readonly chain: string
  readonly seq: number
  readonly hash: string
}

const SEAL_LOCK = 450_641
const START = { number: 0, hash: '0'.repeat(64) }
const MAX_EVENTS = 5000
/** Seals that are looked at together; each may cover MAX_EVENTS. */
const PAGE = 100

/**
 * Writes one seal over the heads of every chain that grew since the last; called about once a second. Seals form a chain too,
 * so a tail cut off an application's chain, head and all, is missing from a seal. Returns null when nothing is new.
 */
export async function sealHeads(db: Knex, at: number): Promise<SealRow | null> {
  return db.transaction(async trx => {
    if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(?)', [SEAL_LOCK])
    const pending = await trx('audit_unsealed').orderBy(['chain', 'seq']).limit(MAX_EVENTS).select('chain', 'seq') as SealHead[]
    if (pending.length === 0) return null
    const last = new Map(pending.map(({ chain, seq }) => [chain, seq]))
    const heads = await headsOf(trx, last)
    const before = await trx<SealRow>('audit_seal').orderBy('number', 'desc').first() ?? START
    const content = { number: before.number + 1, at, count: pending.length, heads_hash: headsHash(heads), prev_hash: before.hash }
    const seal: SealRow = { id: randomUUID(), ...content, hash: sealHash(content) }
    await trx('audit_seal').insert(seal)
    await trx.batchInsert('audit_seal_head', heads.map(head => ({ seal_id: seal.id, ...head })), 100)
    for (const part of partsOf(pending)) await trx('audit_unsealed').whereIn(['chain', 'seq'], part.map(({ chain, seq }) => [chain, seq])).delete()
    return seal
  })
}

export interface SealVerdict {
  readonly isIntact: boolean
  readonly seals: number
  readonly brokenSeal?: number
  /** Chain whose sealed event is gone or changed. */
  readonly brokenChain?: string
}

/** Recomputes the chain of seals and looks up every sealed head among the events. Throws what `signal` is aborted with. */
export async function verifySeals(db: Knex, signal?: AbortSignal): Promise<SealVerdict> {
  const [total] = await db('audit_seal').count({ count: '*' })
  const seals = Number(total!.count)
  let before: SealRow | null = null
  let brokenChain: string | undefined
  for await (const page of sealPages(db)) {
    signal?.throwIfAborted()
    for (const { seal, heads } of page) {
      if (!followsSeal(before, seal, heads)) return { isIntact: false, seals, brokenSeal: seal.number }
      before = seal
    }
    brokenChain ??= await lostChain(db, page.map(({ seal }) => seal.id))
  }
  return brokenChain === undefined ? { isIntact: true, seals } : { isIntact: false, seals, brokenChain }
}

/** Chain of a head under one of these seals whose event is gone or changed. */
async function lostChain(db: Knex, seals: readonly string[]): Promise<string | undefined> {
  const lost = await db('audit_seal_head as head').leftJoin('audit_event as event', function () {
    this.on('event.chain', 'head.chain').andOn('event.seq', 'head.seq').andOn('event.hash', 'head.hash')
  }).whereIn('head.seal_id', [...seals]).whereNull('event.id').first('head.chain') as { chain: string } | undefined
  return lost?.chain
}

/** A seal with the heads that it covers. */
export interface SealWithHeads {
  readonly seal: SealRow
  readonly heads: readonly SealHead[]
}

/** All seals in order, in pages that one statement fetches however many seals there are. */
export async function* sealPages(db: Knex): AsyncGenerator<SealWithHeads[]> {
  for (let last: SealRow | undefined; ;) {
    const query = db<SealRow>('audit_seal').orderBy('number').limit(PAGE)
    const seals = await (last ? query.where('number', '>', last.number) : query)
    const rows = await db<SealHead & { seal_id: string }>('audit_seal_head').whereIn('seal_id', seals.map(({ id }) => id)).orderBy('chain')
    const heads = groupBy(rows, row => row.seal_id)
    yield seals.map(seal => ({ seal, heads: (heads.get(seal.id) ?? []).map(({ chain, seq, hash }) => ({ chain, seq, hash })) }))
    if (seals.length < PAGE) return
    last = seals.at(-1)
  }
}

/** Whether a seal is whole and comes next after another (null = it is the first). */
export function followsSeal(before: Pick<SealRow, 'number' | 'hash'> | null, seal: SealRow, heads: readonly SealHead[]): boolean {
  const { number, hash } = before ?? START
  const isNext = seal.number === number + 1 && seal.prev_hash === hash
  return isNext && seal.hash === sealHash(seal) && seal.heads_hash === headsHash(heads)
}

async function headsOf(trx: Knex, last: ReadonlyMap<string, number>): Promise<SealHead[]> {
  const heads: SealHead[] = []
  for (const part of partsOf([...last])) {
    heads.push(...await trx('audit_event').whereIn(['chain', 'seq'], part).select('chain', 'seq', 'hash') as SealHead[])
  }
  return heads
}

/** As many pairs as one statement takes on both databases. */
function partsOf<T>(all: readonly T[], size = 200): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}

/** Order of code units, not of a collation, which differs between databases. */
const byChain = (left: SealHead, right: SealHead): number => (left.chain < right.chain ? -1 : 1)

function headsHash(heads: readonly SealHead[]): string {
  return sha256([...heads].sort(byChain).map(({ chain, seq, hash }) => `${chain}:${seq}:${hash}`).join('\n'))
}

function sealHash({ number, at, count, heads_hash, prev_hash }: Omit<SealRow, 'id' | 'hash'>): string {
  return sha256(prev_hash + canonicalJson({ number, at, count, heads_hash }))
}
