import type { Knex } from 'knex'
import type { AuditRow } from './audit-event.ts'
import type { ChainLink, ChainVerdict } from './audit.ts'
import { checkChain } from './audit.ts'
import { followsSeal, headsOfSeal } from './audit-seals.ts'
import type { SealHead, SealRow } from './audit-seals.ts'

/** One line of an exported trail: an event, the head that a case keeps, or a seal with what it covers. */
type Line = { readonly event: ChainLink & { readonly chain: string } } | { readonly head: { chain: string; head: string | null } }
  | { readonly seal: SealRow; readonly heads: readonly SealHead[] }

const PAGE = 1000

/** The whole trail, line by line of JSON: events chain by chain in order, then the heads of the cases, then the seals. */
export async function* exportAudit(db: Knex): AsyncGenerator<string> {
  for (let chain = '', seq = 0; ;) {
    const rows = await db<AuditRow>('audit_event').where('chain', '>', chain)
      .orWhere(same => same.where({ chain }).where('seq', '>', seq)).orderBy(['chain', 'seq']).limit(PAGE)
    for (const event of rows) yield `${JSON.stringify({ event })}\n`
    if (rows.length < PAGE) break
    ({ chain, seq } = rows.at(-1)!)
  }
  for (let after = ''; ;) {
    const rows = await db('application').where('id', '>', after).orderBy('id').limit(PAGE)
      .select('id', 'audit_head') as { id: string; audit_head: string | null }[]
    for (const { id, audit_head: head } of rows) yield `${JSON.stringify({ head: { chain: id, head } })}\n`
    if (rows.length < PAGE) break
    after = rows.at(-1)!.id
  }
  for (const seal of await db<SealRow>('audit_seal').orderBy('number')) {
    yield `${JSON.stringify({ seal, heads: await headsOfSeal(db, seal) })}\n`
  }
}

export interface FileVerdict {
  readonly chains: number
  readonly events: number
  readonly seals: number
  /** The first place of each chain that does not fit. */
  readonly broken: readonly (Pick<ChainVerdict, 'brokenAt' | 'reason'> & { readonly chain: string })[]
  /** Number of the first seal that does not fit, or whose event is gone. */
  readonly brokenSeal: number | null
}

/**
 * Recomputes an exported trail, or the 审计链.json of one case's evidence, from the text alone: no database, no key, no network.
 * Throws SyntaxError for a text that is neither.
 */
export function verifyAuditText(text: string): FileVerdict {
  const chains = new Map<string, ChainLink[]>()
  const heads = new Map<string, string | null>()
  const seals: { seal: SealRow; heads: readonly SealHead[] }[] = []
  for (const line of linesOf(text)) {
    if ('event' in line) chains.set(line.event.chain, [...chains.get(line.event.chain) ?? [], line.event])
    else if ('head' in line) heads.set(line.head.chain, line.head.head)
    else seals.push(line)
  }
  for (const chain of heads.keys()) if (!chains.has(chain)) chains.set(chain, [])
  const broken = [...chains].flatMap(([chain, events]) => {
    const { isIntact, brokenAt, reason } = checkChain(events, heads.get(chain))
    return isIntact ? [] : [{ chain, brokenAt, reason }]
  })
  const known = new Set([...chains].flatMap(([chain, events]) => events.map(({ seq, hash }) => `${chain}:${seq}:${hash}`)))
  const wrong = seals.find(({ seal, heads: sealed }, index) => !followsSeal(seals[index - 1]?.seal ?? null, seal, sealed)
    || sealed.some(({ chain, seq, hash }) => !known.has(`${chain}:${seq}:${hash}`)))
  return {
    chains: chains.size, events: [...chains.values()].reduce((sum, { length }) => sum + length, 0), seals: seals.length,
    broken, brokenSeal: wrong?.seal.number ?? null
  }
}

function linesOf(text: string): Line[] {
  if (text === '') return []
  if (/^\s*\{\s*"(verdict|events)"/.test(text)) {
    // Of a case whose events are kept back in part each still belongs to the one chain.
    const { events } = JSON.parse(text) as { events: ChainLink[] }
    return events.map(event => ({ event: { ...event, chain: event.chain ?? events.find(({ chain }) => chain)?.chain ?? '' } }))
  }
  return text.trimEnd().split('\n').map(line => JSON.parse(line) as Line)
}
