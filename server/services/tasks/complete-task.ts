import type { Knex } from 'knex'
import { AppError } from '../../../core/errors.ts'
import type { FieldProblem } from '../../../core/errors.ts'
import { formatInstant } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { insertCorrection } from '../../db/corrections.ts'
import { insertDecision } from '../../db/decisions.ts'
import { addToOutbox } from '../../db/outbox.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { changeWorkItem } from '../../db/work-items.ts'
import { approvalNotes } from './approval-notes.ts'
import type { ApprovalNotes } from './approval-notes.ts'
import { askedCorrection } from './asked-correction.ts'
import type { AskedCorrection } from './asked-correction.ts'
import { claimedBy, openTask } from './claim-task.ts'
import type { CompleteInput } from './complete-input.ts'
import { holderOf } from './desks.ts'
import { refuseFirstPerson, secondPersonAgrees } from './four-eyes.ts'
import { openSpecial } from './special-procedure.ts'
import { auditTask } from './task-audit.ts'
import { decisionsOf } from './task-view.ts'

/** More to write in the transaction of a decision. */
export type Alongside = (trx: Knex) => Promise<void>

/** Decisions that put something on the applicant and so must say why; a designer's own ones need no reason. */
const NEEDS_REASON: ReadonlySet<string> = new Set(['reject', 'correct'])

export interface Taken {
  /** `proposed`: the rules ask for a second person, who has still to agree. */
  readonly status: 'decided' | 'proposed'
  readonly effectiveAt: string
  readonly undoSeconds: number
}

/**
 * Takes a decision on a task: decision, audit event and the order to the engine in one transaction. It takes effect after
 * the time in which it can be undone. A free task is taken by that; of two decisions at once the second gets TASK_GONE.
 * @throws AppError TASK_GONE, TASK_CLAIMED, CLOCK_NOT_RUNNING, SECOND_CLERK_REQUIRED (409), DECISION_INVALID,
 *   REASON_REQUIRED (422)
 */
export async function completeTask(
  ctx: ServerContext, actor: Actor, id: string, input: CompleteInput, alongside: Alongside = () => Promise.resolve()
): Promise<Taken> {
  const task = await openTask(ctx, id)
  const holder = holderOf(actor)
  if (task.assignee !== null && task.assignee !== holder) throw await claimedBy(ctx, task)
  if (await openSpecial(ctx, task)) {
    throw new AppError('CLOCK_NOT_RUNNING', { detail: '该事项正在特别程序中，请先结束特别程序再作出意见。' })
  }
  await refuseFirstPerson(ctx, actor, task)
  const correction = await checkInput(ctx, task, input)
  if (!await secondPersonAgrees(ctx, actor, task, input)) {
    return { status: 'proposed', effectiveAt: formatInstant(ctx.clock.now()), undoSeconds: 0 }
  }
  const notes = input.decision === 'approve' ? await approvalNotes(ctx, task) : {}
  const undo = ctx.config.decisionUndoSeconds * 1000
  const effectiveAt = ctx.clock.now() + undo
  const isFirst = await ctx.db.transaction(async trx => {
    const expected = { state: 'open', assignee: task.assignee } as const
    const isMine = await changeWorkItem(trx, id, expected, { state: 'decided', assignee: holder, draft_enc: null }, ctx.clock.now())
    if (!isMine) return false
    await alongside(trx)
    await store(trx, ctx, actor, { task, input, correction, notes, effectiveAt })
    await addToOutbox(trx, {
      kind: 'complete-task', aggregateId: aggregateOf(task), payload: { taskId: id, decision: input.decision }, dueAt: ctx.clock.realNow() + undo
    }, ctx.clock.realNow())
    return true
  })
  if (!isFirst) throw await lostTo(ctx, id)
  return { status: 'decided', effectiveAt: formatInstant(effectiveAt), undoSeconds: ctx.config.decisionUndoSeconds }
}

/** Why a decision came too late: somebody took the task meanwhile, or has decided it. */
async function lostTo(ctx: ServerContext, id: string): Promise<AppError> {
  return claimedBy(ctx, await openTask(ctx, id))
}

/** What the engine is told about the subject of a task goes one after the other: the row, the item or the application. */
export function aggregateOf(
  { row_id, item_id, application_id }: Pick<WorkItem, 'row_id' | 'item_id' | 'application_id'>
): string {
  return row_id ?? item_id ?? application_id
}

interface Decided {
  readonly task: WorkItem
  readonly input: CompleteInput
  readonly correction: AskedCorrection | null
  readonly notes: ApprovalNotes
  readonly effectiveAt: number
}

async function store(
  trx: Knex, ctx: ServerContext, actor: Actor, { task, input, correction, notes, effectiveAt }: Decided
): Promise<void> {
  const at = ctx.clock.now()
  const reasonCode = reasonCodeOf(input)
  const decisionId = await insertDecision(trx, {
    task_id: task.id, item_id: task.item_id, application_id: task.application_id, decision: input.decision,
    decided_by: holderOf(actor), effective_at: effectiveAt, created_at: at, reason_code: reasonCode,
    reasonText: input.reasonText?.trim() || null, values: input.values ?? null,
    seal: (column, rowId, plain) => ctx.crypto.encrypt('decision', column, rowId, plain)
  })
  if (correction && task.item_id) {
    await insertCorrection(trx, {
      id: decisionId, itemId: task.item_id, applicationId: task.application_id, ...correction, createdBy: holderOf(actor), at
    })
  }
  await auditTask(trx, ctx, actor, task, {
    type: 'task-decided', text: input.reasonText?.trim() || null,
    data: {
      decision: input.decision, label: decisionsOf(task).find(({ value }) => value === input.decision)?.label,
      // The engine's id of one version of the process: it is never given to another.
      processDefinition: task.process_definition_id, reasonCode, ruleId: task.rule_id, ...notes,
      paths: correction?.fields.map(({ path }) => path), materials: correction?.materials.map(({ code }) => code)
    }
  })
}

/** Everything that can be wrong with a decision, before anything is written. Answers the correction it asks for. */
async function checkInput(ctx: ServerContext, task: WorkItem, input: CompleteInput): Promise<AskedCorrection | null> {
  if (!decisionsOf(task).some(({ value }) => value === input.decision)) {
    throw new AppError('DECISION_INVALID', { fields: [problem('/decision', 'DECISION_INVALID', '请从该任务列出的意见中选择')] })
  }
  if (NEEDS_REASON.has(input.decision) && reasonCodeOf(input) === null && !input.reasonText?.trim()) {
    throw new AppError('REASON_REQUIRED', { fields: [problem('/reasonCode', 'REQUIRED', '请选择理由，或者写明理由')] })
  }
  return input.decision === 'correct' ? askedCorrection(ctx, task, input) : null
}

/** A correction may carry its reasons item by item; the first of them then stands for the whole. */
function reasonCodeOf({ decision, reasonCode, correction }: CompleteInput): string | null {
  if (reasonCode) return reasonCode
  if (decision !== 'correct') return null
  return correction?.fields?.[0]?.reasonCode ?? correction?.materials?.[0]?.reasonCode ?? null
}

function problem(path: string, code: string, message: string): FieldProblem {
  return { path, code, message }
}
