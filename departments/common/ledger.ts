import { createHash, randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { formatInstant, shanghaiDate } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import { canonicalJson } from './canonical-json.ts'
import { receiptNumber } from './receipts.ts'
import type { Answer, Fields, Kind, Later, Outcome, Receipt, RegisterEntry, Work } from './types.ts'

export interface LedgerRequest {
  readonly requestId: string
  readonly kind: string
  readonly fields: Fields
  readonly traceparent: string | null
}

interface LedgerOptions {
  readonly prefix: string
  readonly dayMs: number
  /** How often each call-back is sent; once when left out. */
  readonly copies?: number
}

/**
 * Does a request exactly once: look-up, effect, receipt, call-back and stored answer are one transaction. A request id
 * that comes again is answered with the stored answer.
 * @throws AppError REQUEST_ID_REUSED when the request id came before with another kind or body
 */
export async function performRequest(db: Knex, kind: Kind, request: LedgerRequest, options: LedgerOptions): Promise<Answer> {
  const bodyHash = createHash('sha256').update(canonicalJson([request.kind, request.fields])).digest('hex')
  const gathered = await kind.gather?.(request.fields, request.requestId)
  return db.transaction(async trx => {
    const earlier = await trx('request').where({ request_id: request.requestId }).first('body_hash', 'answer')
    if (earlier) {
      if (earlier.body_hash !== bodyHash) throw new AppError('REQUEST_ID_REUSED')
      return JSON.parse(earlier.answer) as Answer
    }
    const now = Date.now()
    const outcome = await kind.handle(createWork(trx, request, now, gathered))
    const receipt = kind.isQuery || isRefused(outcome) ? null : await issueReceipt(trx, options.prefix, now)
    const answer = answerOf(request.requestId, outcome, receipt)
    await trx('request').insert({
      request_id: request.requestId,
      kind: request.kind,
      subject: subjectOf(request.requestId),
      body_hash: bodyHash,
      has_effect: !kind.isQuery && answer.status !== 'refused',
      receipt_number: answer.receipt?.number ?? null,
      answer: JSON.stringify(answer),
      traceparent: request.traceparent,
      at: now
    })
    for (const later of outcome.later ?? []) await planCallback(trx, request, later, options)
    return answer
  })
}

/** The stored answer of a request id; undefined when it never arrived. */
export async function findAnswer(db: Knex, requestId: string): Promise<Answer | undefined> {
  const row = await db('request').where({ request_id: requestId }).first('answer')
  return row && JSON.parse(row.answer) as Answer
}

function answerOf(requestId: string, outcome: Outcome, receipt: Receipt | null): Answer {
  const { result = {}, reasons = [] } = outcome
  return { requestId, status: isRefused(outcome) ? 'refused' : 'done', receipt, result, reasons }
}

function isRefused({ reasons = [] }: Outcome): boolean {
  return reasons.length > 0
}

async function issueReceipt(trx: Knex.Transaction, prefix: string, now: number): Promise<Receipt> {
  const sequence = await nextOf(trx, `receipt:${shanghaiDate(now)}`)
  return { number: receiptNumber(prefix, now, sequence), issuedAt: formatInstant(now) }
}

/** `<subjectId>:<step>:<round>` → subjectId. */
export function subjectOf(requestId: string): string {
  return requestId.split(':', 1)[0] ?? requestId
}

function createWork(trx: Knex.Transaction, { requestId, fields }: LedgerRequest, now: number, gathered: unknown): Work {
  return {
    requestId,
    fields,
    now,
    today: shanghaiDate(now),
    db: trx,
    gathered,
    latest: (register, person) => latestEntry(trx, register, person),
    async add(register, person, data = {}) {
      const entry = { register, person, request_id: requestId, data: JSON.stringify(data), started_at: now }
      await trx('register_entry').insert({ ...entry, ended_at: null })
    },
    async end(register, person) {
      await trx('register_entry').where({ register, person, ended_at: null }).update({ ended_at: now })
    },
    next: sequence => nextOf(trx, sequence)
  }
}

async function latestEntry(
  trx: Knex.Transaction, register: string, person: string
): Promise<RegisterEntry | undefined> {
  const row = await trx('register_entry').where({ register, person }).orderBy('seq', 'desc').first()
  return row && {
    requestId: row.request_id,
    data: JSON.parse(row.data) as Fields,
    startedAt: Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at)
  }
}

async function nextOf(trx: Knex.Transaction, name: string): Promise<number> {
  const [row] = await trx('sequence').insert({ name, last: 1 }).onConflict('name').merge({ last: trx.raw('sequence.last + 1') })
    .returning<{ last: number }[]>('last')
  return Number(row?.last)
}

async function planCallback(
  trx: Knex.Transaction, { requestId, traceparent }: LedgerRequest, later: Later, { dayMs, copies = 1 }: LedgerOptions
): Promise<void> {
  const id = randomUUID()
  const dueAt = Date.now() + Math.round(later.afterDays * dayMs)
  const body = JSON.stringify({ id, type: later.type, requestId, at: formatInstant(dueAt), data: later.data })
  for (let copy = 1; copy <= copies; copy++) {
    await trx('callback').insert({ id: copy === 1 ? id : `${id}#${copy}`, body, traceparent, due_at: dueAt, attempts: 0 })
  }
}
