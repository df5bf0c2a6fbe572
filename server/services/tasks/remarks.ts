import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { answerQuestions, findRemarks, insertRemark } from '../../db/task-remarks.ts'
import type { TaskRemark } from '../../db/task-remarks.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { touchWorkItem } from '../../db/work-items.ts'
import { openTask } from './claim-task.ts'
import { holderOf } from './desks.ts'
import { requireColleague } from './hand-over.ts'
import { auditTask } from './task-audit.ts'
import { nameOf } from './task-view.ts'

/** Writes a note beside a task; everybody of its desk reads it. Throws AppError TASK_GONE (409). */
export async function addNote(ctx: ServerContext, actor: Actor, id: string, text: string): Promise<void> {
  const task = await openTask(ctx, id)
  await ctx.db.transaction(async trx => {
    await store(trx, ctx, actor, task, { kind: 'note', text })
    await auditTask(trx, ctx, actor, task, { type: 'task-noted' })
  })
}

/** Asks a colleague for an opinion (加签); the task stays where it is. Throws AppError TASK_GONE (409), COLLEAGUE_UNKNOWN (422). */
export async function askOpinion(
  ctx: ServerContext, actor: Actor, id: string, { to, question }: { to: string; question: string }
): Promise<void> {
  const task = await openTask(ctx, id)
  await requireColleague(ctx, actor, task, to)
  await ctx.db.transaction(async trx => {
    await store(trx, ctx, actor, task, { kind: 'question', text: question, addressee: to })
    await auditTask(trx, ctx, actor, task, { type: 'opinion-asked', data: { to } })
  })
}

/** Answers what one was asked about a task. Throws AppError TASK_GONE, NO_OPINION_ASKED (409). */
export async function giveOpinion(ctx: ServerContext, actor: Actor, id: string, text: string): Promise<void> {
  const task = await openTask(ctx, id)
  await ctx.db.transaction(async trx => {
    if (await answerQuestions(trx, id, holderOf(actor), ctx.clock.now()) === 0) throw new AppError('NO_OPINION_ASKED')
    await store(trx, ctx, actor, task, { kind: 'opinion', text })
    await auditTask(trx, ctx, actor, task, { type: 'opinion-given' })
  })
}

interface NewRemark {
  readonly kind: TaskRemark['kind']
  readonly text: string
  readonly addressee?: string
}

async function store(
  trx: Knex, ctx: ServerContext, actor: Actor, task: WorkItem, { kind, text, addressee }: NewRemark
): Promise<void> {
  const id = randomUUID()
  await insertRemark(trx, {
    id, task_id: task.id, application_id: task.application_id, kind, text_enc: ctx.crypto.encrypt('task_remark', 'text_enc', id, text.trim()),
    created_by: holderOf(actor), addressee: addressee ?? null, answered_at: null, created_at: ctx.clock.now()
  })
  await touchWorkItem(trx, task.id, ctx.clock.now())
}

/** What was written beside the tasks of an application that somebody's desk may see, oldest first. */
export async function remarksOf(ctx: ServerContext, applicationId: string, taskIds: ReadonlySet<string>) {
  const remarks = (await findRemarks(ctx.db, applicationId)).filter(remark => taskIds.has(remark.task_id))
  return Promise.all(remarks.map(async remark => ({
    kind: remark.kind,
    text: ctx.crypto.decrypt('task_remark', 'text_enc', remark.id, remark.text_enc),
    by: await nameOf(ctx, remark.created_by),
    to: remark.addressee === null ? null : await nameOf(ctx, remark.addressee),
    isAnswered: remark.answered_at !== null,
    at: formatInstant(remark.created_at)
  })))
}
