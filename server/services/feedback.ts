import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import { auditActor, idOf } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import { remitOf } from '../auth/remit.ts'
import type { ServerContext } from '../context.ts'
import { raiseAlert } from '../db/alerts.ts'
import { appendAudit } from '../db/audit.ts'
import { findFeedback, findFeedbackByNumber, insertFeedback, listFeedback, moveFeedback } from '../db/feedback.ts'
import type { FeedbackRow, FeedbackStatus } from '../db/feedback.ts'
import { equal } from './lookup.ts'
import { issueNumber } from './numbering.ts'
import { mobileLast4Key } from './person-keys.ts'

export interface Feedback {
  readonly text: string
  /** How to answer, if the sender wants an answer. */
  readonly contact?: string
  /** Eleven digits; with its last four and the number anybody may read the answer. */
  readonly mobile?: string
  /** Page on which it was written. */
  readonly page?: string
  readonly region?: string
  /** Department and six digits of the division that it is about; left out, it is everybody's of the region. */
  readonly department?: string
  readonly division?: string
}

/** Number of an opinion that names no region: it is about the site and every region's supervision sees it. */
const NO_REGION = '000000'

/**
 * Keeps an opinion, encrypted, under a number of its own; the region is the named one, else the sender's.
 * @throws AppError REGION_UNKNOWN, FORM_INVALID for a department or division that the region has not
 */
export async function keepFeedback(ctx: ServerContext, actor: Actor | null, feedback: Feedback) {
  const { text, contact, mobile, page, department = null, division = null } = feedback
  const own = ctx.regions.all().find(one => one.slug === actor?.region) ?? null
  const region = feedback.region === undefined ? own : ctx.regions.get(feedback.region)
  const slug = region?.slug ?? null
  const isKnown = {
    department: region?.departments.some(one => one.slug === department),
    division: region?.divisions.some(one => one.code === division)
  }
  const wrong = ([['department', department, '部门'], ['division', division, '区划']] as const)
    .filter(([name, value]) => value !== null && !isKnown[name])
  if (wrong.length > 0) {
    throw new AppError('FORM_INVALID', {
      fields: wrong.map(([name, , label]) => ({ path: `/${name}`, code: 'UNKNOWN', message: `${label}不在该地区的清单内，请重新选择` }))
    })
  }
  const id = randomUUID()
  const at = ctx.clock.now()
  const number = await ctx.db.transaction(async trx => {
    const numbered = { slug: `${slug ?? 'site'}/feedback`, code: region?.code ?? NO_REGION, numbering: { label: 'YJ' } }
    const issued = await issueNumber(trx, numbered, ctx.clock.today())
    await insertFeedback(trx, {
      id, number: issued, region: slug, department, division, status: 'received',
      content_enc: ctx.crypto.encrypt('feedback', 'content_enc', id, JSON.stringify({ text, contact, mobile, page })),
      mobile_last4_key: mobile === undefined ? null : mobileLast4Key(ctx.crypto, mobile.slice(-4)),
      handled_by: null, reply_enc: null, created_at: at, answered_at: null
    })
    const sender = actor ? { role: 'user', id: idOf(actor) } : { role: 'anonymous', id: '-' }
    await appendAudit(trx, { chain: 'system', type: 'feedback', actor: sender, data: { id, number: issued }, at })
    await raiseAlert(trx, { kind: 'feedback', source: id, region: slug, department, division, at })
    return issued
  })
  return { id, number, status: 'received' }
}

/** What became of an opinion. A wrong number and wrong digits are the same NOT_FOUND (404). */
export async function lookUpFeedback(ctx: ServerContext, number: string, mobileLast4: string) {
  const row = await findFeedbackByNumber(ctx.db, number)
  const isRight = equal(mobileLast4Key(ctx.crypto, mobileLast4), row?.mobile_last4_key ?? '')
  if (!row || !isRight) throw new AppError('NOT_FOUND', { detail: '没有找到相应的意见，请核对意见编号和手机号后四位。' })
  const { submittedAt, status, reply, answeredAt } = feedbackView(ctx, row)
  return { number: row.number, status, submittedAt, reply, answeredAt }
}

/** Opinions that somebody answers for, the oldest first. */
export async function feedbackFor(ctx: ServerContext, actor: Actor, query: { status?: string; after?: string; limit: number }) {
  const remit = remitOf(actor)
  const rows = remit ? await listFeedback(ctx.db, remit, query) : []
  return rows.map(row => feedbackView(ctx, row))
}

/** 收到 → 处理中. Throws AppError FEEDBACK_ANSWERED (409). */
export function takeFeedback(ctx: ServerContext, actor: Actor, id: string) {
  return move(ctx, actor, { id, from: ['received'], type: 'feedback-taken' }, { status: 'processing' })
}

/** → 已答复, once. Throws AppError FEEDBACK_ANSWERED (409). */
export function replyToFeedback(ctx: ServerContext, actor: Actor, id: string, text: string) {
  return move(ctx, actor, { id, from: ['received', 'processing'], type: 'feedback-answered' }, {
    status: 'answered', answered_at: ctx.clock.now(), reply_enc: ctx.crypto.encrypt('feedback', 'reply_enc', id, text.trim())
  })
}

interface Move {
  readonly id: string
  readonly from: readonly FeedbackStatus[]
  /** Name of the audit event. */
  readonly type: string
}

async function move(ctx: ServerContext, actor: Actor, { id, from, type }: Move, patch: Partial<FeedbackRow>) {
  await ctx.db.transaction(async trx => {
    if (!await moveFeedback(trx, id, from, { ...patch, handled_by: idOf(actor) })) throw new AppError('FEEDBACK_ANSWERED')
    await appendAudit(trx, { chain: 'system', type, actor: auditActor(actor), data: { id }, at: ctx.clock.now() })
  })
  const remit = remitOf(actor)
  const row = remit && await findFeedback(ctx.db, remit, id)
  if (!row) throw new AppError('NOT_FOUND')
  return feedbackView(ctx, row)
}

function feedbackView(ctx: ServerContext, row: FeedbackRow) {
  const { text, contact, mobile, page } = JSON.parse(ctx.crypto.decrypt('feedback', 'content_enc', row.id, row.content_enc)) as Feedback
  return {
    id: row.id,
    number: row.number,
    region: row.region,
    department: row.department,
    division: row.division,
    status: row.status,
    text,
    contact: contact ?? mobile ?? null,
    page: page ?? null,
    handledBy: row.handled_by,
    submittedAt: formatInstant(row.created_at),
    reply: row.reply_enc === null ? null : ctx.crypto.decrypt('feedback', 'reply_enc', row.id, row.reply_enc),
    answeredAt: row.answered_at === null ? null : formatInstant(row.answered_at)
  }
}
