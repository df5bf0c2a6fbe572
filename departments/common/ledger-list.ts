import type { Knex } from 'knex'
import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'

export interface LedgerQuery {
  readonly since?: string
  readonly subject?: string
  readonly kind?: string
  readonly cursor?: string
  readonly limit?: number
}

export interface LedgerEntry {
  readonly requestId: string
  readonly kind: string
  readonly subject: string
  readonly receiptNumber: string | null
  /** RFC 3339. */
  readonly at: string
  readonly traceparent: string | null
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[]
  /** Where the next page begins; null at the end. */
  readonly cursor: string | null
}

/** The business done, in order: refused requests and queries left nothing behind and are not in it. */
export async function listLedger(db: Knex, query: LedgerQuery): Promise<LedgerPage> {
  const rows = db('request').where('has_effect', true).orderBy('seq')
  if (query.since !== undefined) rows.where('at', '>=', instantOf(query.since))
  if (query.subject !== undefined) rows.where('subject', query.subject)
  if (query.kind !== undefined) rows.where('kind', query.kind)
  if (query.cursor !== undefined) rows.where('seq', '>', Number(query.cursor))
  if (query.limit !== undefined) rows.limit(query.limit + 1)
  const found = await rows
  const page = query.limit === undefined ? found : found.slice(0, query.limit)
  return {
    entries: page.map(row => ({
      requestId: row.request_id,
      kind: row.kind,
      subject: row.subject,
      receiptNumber: row.receipt_number,
      at: formatInstant(Number(row.at)),
      traceparent: row.traceparent
    })),
    cursor: page.length < found.length ? String(page.at(-1)?.seq) : null
  }
}

/** Milliseconds, or RFC 3339. */
function instantOf(text: string): number {
  const instant = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (Number.isNaN(instant)) {
    throw new AppError('REQUEST_INVALID', { fields: [{ path: '/query/since', code: 'FORMAT', message: '时刻的格式不正确' }] })
  }
  return instant
}
