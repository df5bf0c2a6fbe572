import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import type { Receipt, StepContext } from '../../core/matter.ts'
import type { Region } from '../../core/region.ts'
import { childTraceparent } from '../../core/traceparent.ts'
import type { ServerContext } from '../context.ts'
import { roundOf } from '../db/clock-intervals.ts'
import type { DepartmentCall } from '../db/department-calls.ts'
import { addAttempts, beginCall, findCall, updateCall } from '../db/department-calls.ts'
import { appendAudit } from '../db/audit.ts'
import { stepFields } from './step-fields.ts'
import type { Subject } from './subjects.ts'
import { findWithIntervals, lockSubject } from './subjects.ts'

export interface Begun {
  readonly requestId: string
  readonly traceparent: string
  readonly round: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly context: StepContext
  /** What an earlier run of this step came to; it is not to be done again. */
  readonly earlier: { readonly outcome: Readonly<Record<string, string | boolean>>; readonly receipt: Receipt | null } | null
}

export interface FailedAttempt {
  readonly requestId: string
  /** Code of the error. */
  readonly code: string
  readonly httpStatus?: number
  /** Nobody will try again until a person says so. */
  readonly isFinal: boolean
}

/** Step of the topic: the part after region and matter. */
const stepOf = (topic: string): string => topic.split('.').slice(topic.startsWith('common.') ? 1 : 2).join('.')

/**
 * Begins a department step: what the department may be told, the request id that stays the same over all repetitions of
 * this round, and what an earlier run came to.
 * @throws AppError STEP_UNKNOWN, SUBJECT_UNKNOWN (404), WITHDRAWN (409)
 */
export async function beginStep(ctx: ServerContext, id: string, topic: string): Promise<Begun> {
  const found = await findWithIntervals(ctx.db, id)
  if (!found) throw new AppError('SUBJECT_UNKNOWN')
  const { subject, intervals } = found
  const { application, item, row } = subject
  const region = ctx.regions.get(application.region)
  const step = ctx.regions.steps(region.slug)[topic]
  if (!step) throw new AppError('STEP_UNKNOWN')
  if ((row ?? item)?.status === 'withdrawn' || item?.status === 'not-accepted') throw new AppError('WITHDRAWN')
  const { fields, item: spokenFor } = await stepFields(ctx, subject, step.fields)
  const round = roundOf(intervals)
  const call = await beginCall(ctx.db, {
    id: `${id}:${stepOf(topic)}:${round}`, subject_id: id, application_id: application.id, item_id: item?.id ?? null, topic,
    department: departmentOf(region, subject, step), round, traceparent: childTraceparent(application.traceparent)
  }, ctx.clock.now())
  return {
    requestId: call.id, traceparent: call.traceparent!, round: call.round, fields,
    context: {
      region: region.slug, channel: application.channel, slug: spokenFor?.slug ?? '',
      division: spokenFor?.division ?? application.division ?? region.homeDivision,
      ...(row ? { insurance: row.insurance } : {})
    },
    earlier: call.status === 'done' ? earlierOf(ctx, call) : null
  }
}

/**
 * Notes that an attempt failed. A step that is done already is left alone.
 * @throws AppError SUBJECT_UNKNOWN (404), STEP_CONFLICT (409) for a request id of another step
 */
export async function failStep(
  ctx: ServerContext, id: string, topic: string, failure: FailedAttempt, worker: string
): Promise<void> {
  const [at, realNow] = [ctx.clock.now(), ctx.clock.realNow()]
  await ctx.db.transaction(async trx => {
    const { application, item, row } = await lockSubject(trx, id)
    const call = await findCall(trx, failure.requestId)
    if (call?.subject_id !== id || call.topic !== topic) throw new AppError('STEP_CONFLICT')
    if (call.status === 'done') return
    const httpStatus = failure.httpStatus ?? null
    await addAttempts(trx, call.id, [{ startedAt: realNow, finishedAt: realNow, result: failure.code, httpStatus }])
    if (!failure.isFinal || call.status === 'failed') return
    await updateCall(trx, call.id, { status: 'failed' }, at)
    await appendAudit(trx, {
      chain: application.id, type: 'department-step-failed', actor: { role: 'system', id: worker }, itemId: item?.id ?? null,
      data: { topic, department: call.department, requestId: call.id, code: failure.code, rowId: row?.id ?? null }, at
    })
  })
}

/** Result and receipt of a call that is done. */
export function earlierOf(
  { crypto }: Pick<ServerContext, 'crypto'>, call: DepartmentCall
): NonNullable<Begun['earlier']> {
  const outcome = call.result_enc === null ? {}
    : JSON.parse(crypto.decrypt('department_call', 'result_enc', call.id, call.result_enc)) as Record<string, string | boolean>
  const receipt = call.receipt_number === null || call.receipt_issued_at === null ? null
    : { number: call.receipt_number, issuedAt: formatInstant(call.receipt_issued_at) }
  return { outcome, receipt }
}

/** The step's own department, or, for a question about an insurance, the one that keeps its register. */
function departmentOf(
  region: Region, { row }: Subject, step: { readonly department: string; readonly asksDepartmentOf?: string }
): string {
  if (step.asksDepartmentOf !== 'insurance' || !row) return step.department
  return region.insurances.find(({ slug }) => slug === row.insurance)?.department ?? step.department
}
