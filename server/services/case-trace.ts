import type { Span } from '../../core/spans.ts'
import type { ServerContext } from '../context.ts'
import type { DepartmentCall } from '../db/department-calls.ts'
import { findSubject } from './subjects.ts'

type Context = Pick<ServerContext, 'db' | 'tracer'>

/** The trace that the submission of a case began, by the id of application, item or row; null without one, or if none is kept. */
export async function traceparentOfCase({ db, tracer }: Context, subjectId: string): Promise<string | null> {
  return tracer.isOn ? (await findSubject(db, subjectId))?.application.traceparent ?? null : null
}

/** Runs `work` as a span of the case's trace; what belongs to no case is only run. */
export async function withinCase<T>(
  ctx: Context, subjectId: string, span: Pick<Span, 'name' | 'kind' | 'attributes'>, work: () => Promise<T>
): Promise<T> {
  const parent = await traceparentOfCase(ctx, subjectId)
  return parent === null ? work() : ctx.tracer.within({ ...span, parent }, work)
}

/** A department step that was done now, and the trace that it is part of. */
export interface TracedCall {
  readonly call: DepartmentCall
  readonly parent: string | null
}

/** The span of a whole department step, from its first beginning over all attempts to its result. */
export function recordCall(
  { tracer, clock }: Pick<ServerContext, 'tracer' | 'clock'>, { call, parent }: TracedCall, hasReceipt: boolean
): void {
  if (!call.traceparent) return
  const { topic, department, subject_id: subject } = call
  const endedAt = clock.realNow()
  tracer.record({
    name: topic, kind: 'internal', traceparent: call.traceparent, parent, startedAt: Math.min(endedAt, call.created_at - clock.offset), endedAt,
    attributes: { topic, department, subject, outcome: hasReceipt ? 'receipt' : 'done' }
  })
}
