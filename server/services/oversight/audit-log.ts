import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import { hasRole } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { verifyChain } from '../../db/audit.ts'
import type { ChainVerdict } from '../../db/audit.ts'
import { verifySeals } from '../../db/audit-seals.ts'
import { isWithinRemit, listAudit, listChains } from '../../db/audit-queries.ts'
import type { AuditEvent, AuditFilter } from '../../db/audit-queries.ts'
import { pageOf, readCursor } from '../../http/cursor.ts'
import { overseen } from './sla-days.ts'

export interface AuditQuery extends Omit<AuditFilter, 'from' | 'to'> {
  /** RFC 3339. */
  readonly from?: string
  readonly to?: string
  readonly cursor?: string
  readonly limit?: number
}

const DEFAULT_LIMIT = 50
const BATCH = 500

/** One page of the audit trail of what somebody oversees, the newest first. Throws AppError CURSOR_INVALID. */
export async function auditEvents(
  ctx: ServerContext, actor: Actor, { cursor, limit = DEFAULT_LIMIT, from, to, ...filter }: AuditQuery
) {
  const { remit } = overseen(ctx, actor)
  const rows = await listAudit(ctx.db, remit, { ...filter, from: instant(from), to: instant(to) }, {
    after: readCursor(cursor, 'instant'), limit: limit + 1
  })
  const { page, cursor: next } = pageOf(rows, limit, row => row.at)
  return { events: page.map(eventView), cursor: next }
}

const REASONS: Readonly<Record<NonNullable<ChainVerdict['reason']>, string>> = {
  gap: '此处缺少记录，或记录的次序被调换', link: '与上一条记录的散列不衔接', hash: '记录内容与其散列不符',
  head: '链尾与办件保存的链头不符，末尾的记录可能被删除'
}

/**
 * Recomputes the chain of one case, or every chain of what somebody oversees with the seals over them, and names the first bad
 * position of each broken chain. Throws AppError NOT_FOUND for a case of somebody else, TOO_MANY_REQUESTS while this server is
 * at another check of everything, and what `signal` is aborted with.
 */
export async function verifyAudit(ctx: ServerContext, actor: Actor, applicationId?: string, signal?: AbortSignal) {
  const { remit } = overseen(ctx, actor)
  const { check, found } = createCheck(ctx, signal)
  if (applicationId !== undefined) {
    if (!await isWithinRemit(ctx.db, remit, applicationId)) throw new AppError('NOT_FOUND')
    await check(applicationId, null)
    return { isIntact: found.broken.length === 0, seals: null, ...found }
  }
  return alone(ctx, async () => {
    for (let after = ''; ;) {
      const page = await listChains(ctx.db, remit, after, BATCH)
      for (const { id, number } of page) await check(id, number)
      if (page.length < BATCH) break
      after = page.at(-1)!.id
    }
    // The system's own chain and the seals span all regions: they are the auditor's.
    if (hasRole(actor, 'auditor')) await check('system', null)
    const seals = hasRole(actor, 'auditor') ? await verifySeals(ctx.db, signal) : null
    return { isIntact: found.broken.length === 0 && seals?.isIntact !== false, seals, ...found }
  })
}

interface Found {
  chains: number
  events: number
  readonly broken: { chain: string; number: string | null; position: number; reason: string; text: string }[]
}

function createCheck({ db }: ServerContext, signal?: AbortSignal) {
  const found: Found = { chains: 0, events: 0, broken: [] }
  const check = async (id: string, number: string | null): Promise<void> => {
    signal?.throwIfAborted()
    const verdict = await verifyChain(db, id)
    found.chains++
    found.events += verdict.count
    if (verdict.isIntact) return
    found.broken.push({ chain: id, number, position: verdict.brokenAt!, reason: verdict.reason!, text: REASONS[verdict.reason!] })
  }
  return { check, found }
}

/** Servers that are at a check of everything: it reads all that a province has noted, and several would leave users waiting. */
const busy = new WeakSet<ServerContext>()

async function alone<T>(ctx: ServerContext, work: () => Promise<T>): Promise<T> {
  if (busy.has(ctx)) throw new AppError('TOO_MANY_REQUESTS', { detail: '正在核验全部审计链，请等这一次核验结束后再试。', retryAfter: 60 })
  busy.add(ctx)
  try {
    return await work()
  } finally {
    busy.delete(ctx)
  }
}

function eventView({ id, chain, number, seq, at, type, actor_role, actor_id, item_id, data, hash, text_enc }: AuditEvent) {
  return {
    id, applicationId: chain, number, seq, at: formatInstant(at), type,
    actor: { role: actor_role, id: actor_id }, itemId: item_id,
    data: JSON.parse(data) as Record<string, unknown>, hasText: text_enc !== null, hash
  }
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text)
}
