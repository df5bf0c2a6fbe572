import type { TrailLine } from './audit-file.ts'
import { misfit } from './audit.ts'
import type { ChainLink, ChainVerdict, Head } from './audit.ts'
import { followsSeal } from './audit-seals.ts'
import type { SealRow } from './audit-seals.ts'

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
  const check = createCheck()
  if (isOfCase(text)) eventsOfCase(text).forEach(check.take)
  else for (const line of text.split('\n')) check.takeText(line)
  return check.verdict()
}

/** The same for a file that may be longer than a string can be: of a trail only hashes are kept, 32 bytes for each event. */
export async function verifyAuditFile(chunks: AsyncIterable<string>): Promise<FileVerdict> {
  const check = createCheck()
  let rest = ''
  let isTrail = false
  for await (const chunk of chunks) {
    rest += chunk
    // Evidence is one value and no longer than a case; a trail has one on each line.
    isTrail ||= rest.includes('\n') && !isOfCase(rest.slice(0, rest.indexOf('\n')))
    if (!isTrail) continue
    const lines = rest.split('\n')
    rest = lines.pop()!
    lines.forEach(check.takeText)
  }
  if (!isTrail) return verifyAuditText(rest)
  check.takeText(rest)
  return check.verdict()
}

const isOfCase = (text: string): boolean => /^\s*\{\s*("(verdict|events)"|$)/.test(text)

function eventsOfCase(text: string): TrailLine[] {
  // Of a case whose events are kept back in part each still belongs to the one chain.
  const { events } = JSON.parse(text) as { events: ChainLink[] }
  const known = events.find(({ chain }) => chain)?.chain ?? ''
  return events.map(event => ({ event: { ...event, chain: event.chain ?? known } }))
}

function createCheck() {
  const chains = new Map<string, SoundPart>()
  /** Events that do not fit; what a seal covers may be among them. */
  const misfits = new Set<string>()
  const broken = new Map<string, FileVerdict['broken'][number]>()
  let events = 0
  let seals = 0
  let sealBefore: SealRow | null = null
  let brokenSeal: number | null = null

  const soundPartOf = (chain: string): SoundPart => {
    const part = chains.get(chain) ?? new SoundPart()
    chains.set(chain, part)
    return part
  }
  const isThere = ({ chain, seq, hash }: Head & { chain: string }): boolean =>
    chains.get(chain)?.hashAt(seq) === hash || misfits.has(`${chain}:${seq}:${hash}`)
  const take = (line: TrailLine): void => {
    if ('event' in line) {
      const { event, event: { chain, seq, hash } } = line
      events++
      const part = soundPartOf(chain)
      const reason = misfit(event, part.last())
      if (!broken.has(chain) && !reason) return part.add(hash)
      misfits.add(`${chain}:${seq}:${hash}`)
      if (!broken.has(chain)) broken.set(chain, { chain, brokenAt: seq, reason })
    } else if ('head' in line) {
      const { chain, head } = line.head
      const last = soundPartOf(chain).last()
      const isEnd = head === (last ? `${last.seq}:${last.hash}` : null)
      if (!isEnd && !broken.has(chain)) broken.set(chain, { chain, brokenAt: (last?.seq ?? 0) + 1, reason: 'head' })
    } else {
      const { seal, heads } = line
      seals++
      if (!followsSeal(sealBefore, seal, heads) || !heads.every(isThere)) brokenSeal ??= seal.number
      sealBefore = seal
    }
  }
  return {
    take,
    takeText: (text: string): void => { if (text !== '') take(JSON.parse(text) as TrailLine) },
    verdict: (): FileVerdict => ({ chains: chains.size, events, seals, broken: [...broken.values()], brokenSeal })
  }
}

const BYTES = 32

/** Hashes of a chain's events from the first on, as far as each follows the one before; in bytes, as there are millions. */
class SoundPart {
  private count = 0
  private bytes = Buffer.allocUnsafe(4 * BYTES)

  add(hash: string): void {
    if ((this.count + 1) * BYTES > this.bytes.length) this.bytes = Buffer.concat([this.bytes], 2 * this.bytes.length)
    this.bytes.write(hash, this.count++ * BYTES, 'hex')
  }

  hashAt(seq: number): string | undefined {
    return seq >= 1 && seq <= this.count ? this.bytes.toString('hex', (seq - 1) * BYTES, seq * BYTES) : undefined
  }

  last(): Head | undefined {
    return this.count === 0 ? undefined : { seq: this.count, hash: this.hashAt(this.count)! }
  }
}
