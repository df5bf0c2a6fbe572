import type { Knex } from 'knex'
import type { AuditRow } from './audit-event.ts'
import type { ChainLink } from './audit.ts'
import { sealPages } from './audit-seals.ts'
import type { SealWithHeads } from './audit-seals.ts'

/** One line of an exported trail: an event, the head that a case keeps, or a seal with what it covers. */
export type TrailLine = { readonly event: ChainLink & { readonly chain: string } }
  | { readonly head: { readonly chain: string; readonly head: string | null } } | SealWithHeads

const PAGE = 1000

/** The whole trail, line by line of JSON: events chain by chain in order, then the heads of the cases, then the seals. */
export async function* exportAudit(db: Knex): AsyncGenerator<string> {
  for await (const line of trailLines(db)) yield `${JSON.stringify(line)}\n`
}

async function* trailLines(db: Knex): AsyncGenerator<TrailLine> {
  for (let chain = '', seq = 0; ;) {
    // The pair is compared as one: only so PostgreSQL goes on in its index where the last page ended.
    const events = await db<AuditRow>('audit_event').whereRaw('(chain, seq) > (?, ?)', [chain, seq]).orderBy(['chain', 'seq']).limit(PAGE)
    for (const event of events) yield { event }
    if (events.length < PAGE) break
    ({ chain, seq } = events.at(-1)!)
  }
  for (let after = ''; ;) {
    const heads = await db('application').where('id', '>', after).orderBy('id').limit(PAGE)
      .select({ chain: 'id', head: 'audit_head' }) as { chain: string; head: string | null }[]
    for (const head of heads) yield { head }
    if (heads.length < PAGE) break
    after = heads.at(-1)!.chain
  }
  for await (const page of sealPages(db)) yield* page
}
