import { AppError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { StepContext, StepHandler } from '../../core/matter.ts'
import { attemptOf } from './backoff.ts'
import type { LockedTask } from './client.ts'
import { DepartmentSession } from './department.ts'
import type { Department } from './department.ts'
import type { EngineVariables } from './engine-api.ts'
import { Postponed } from './postponed.ts'
import { retriesAfter } from './run-handler.ts'
import { variablesOf } from './server-api.ts'
import type { Begun, ServerApi } from './server-api.ts'

/** What a step may use while it works on one task. */
export interface StepRun {
  readonly task: LockedTask
  readonly signal: AbortSignal
  readonly log: Log
  /** Told once the case's own trace is known; answers the context of this attempt in it. */
  onTrace(traceparent: string): string
}

/** Works one task up to the variables that the engine is to be given. */
export type Step = (run: StepRun) => Promise<EngineVariables>

/** A step whose whole effect is the server's: number, clock, notice, close. The task's input parameters go along. */
export function recordStep(server: ServerApi): Step {
  return async ({ task, onTrace }) => {
    const { id: taskId, topicName, processInstanceId, processDefinitionId, variables } = task
    const ran = await server.run(subjectOf(task), topicName, { taskId, processInstanceId, processDefinitionId, variables })
    if (ran.traceparent) onTrace(ran.traceparent)
    return ran.variables
  }
}

/**
 * A step that acts at a department: begin (what may be told, the constant request id, an earlier result) → the matter's
 * handler → finish. Whatever is interrupted between them is taken up again by the next attempt without a second effect.
 */
export function departmentStep(
  server: ServerApi, departmentFor: (context: StepContext) => Department, handler: StepHandler
): Step {
  return async ({ task, signal, log, onTrace }) => {
    const subject = subjectOf(task)
    const begun = await server.begin(subject, task.topicName, task.id)
    const traceparent = onTrace(begun.traceparent)
    if (begun.earlier) return variablesOf({ variables: begun.earlier.outcome })
    const attempt = attemptOf(task.retries)
    const call = { requestId: begun.requestId, traceparent, attempt, signal }
    const session = new DepartmentSession(departmentFor(begun.context), call)
    try {
      const result = await handler({ fields: withoutNulls(begun.fields), context: begun.context }, session)
      return await server.finish(subject, task.topicName, {
        ...result, requestId: begun.requestId, processDefinitionId: task.processDefinitionId, evidence: session.evidence
      })
    } catch (error) {
      const isTried = !signal.aborted && !(error instanceof Postponed)
      if (isTried) await reportFailure(server, task, begun, session, error).catch(lost => {
        log.warn({ err: lost as Error }, 'the failure of a department step could not be recorded')
      })
      throw error
    }
  }
}

async function reportFailure(
  server: ServerApi, task: LockedTask, begun: Begun, session: DepartmentSession, error: unknown
): Promise<void> {
  const { httpStatus } = session.evidence
  await server.fail(subjectOf(task), task.topicName, {
    requestId: begun.requestId,
    code: error instanceof AppError ? error.code : 'INTERNAL',
    isFinal: retriesAfter(error, task.retries) === 0,
    ...(httpStatus !== null && { httpStatus })
  })
}

/** What the applicant left out is left out of what a department is told. */
function withoutNulls(fields: Begun['fields']): Begun['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}

function subjectOf(task: LockedTask): string {
  if (!task.businessKey) throw new AppError('SUBJECT_UNKNOWN', { detail: '流程实例没有业务编号，请由人工核查。' })
  return task.businessKey
}
