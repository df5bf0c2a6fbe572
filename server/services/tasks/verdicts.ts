import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { formatInstant } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { correctionFields, correctionMaterials, findSubmittedCorrections } from '../../db/corrections.ts'
import { findVerdicts, insertVerdict } from '../../db/verdicts.ts'
import type { Verdict } from '../../db/verdicts.ts'
import { overlap } from '../affected-items.ts'
import { heldTask } from './claim-task.ts'
import { holderOf } from './desks.ts'
import { auditTask } from './task-audit.ts'

export interface VerdictInput {
  /** A JSON pointer into the form, or `material:<code>`. */
  readonly subject: string
  readonly verdict: Verdict['verdict']
  readonly reasonCode?: string
  readonly text?: string
}

/**
 * Keeps what the holder of a task found about one field or material, as evidence of the examination.
 * @throws AppError TASK_GONE, TASK_NOT_CLAIMED, TASK_CLAIMED (409)
 */
export async function giveVerdict(ctx: ServerContext, actor: Actor, taskId: string, input: VerdictInput): Promise<void> {
  const task = await heldTask(ctx, actor, taskId)
  const { subject, verdict, reasonCode = null } = input
  const [id, text] = [randomUUID(), input.text?.trim()]
  await ctx.db.transaction(async trx => {
    await insertVerdict(trx, {
      id, task_id: taskId, application_id: task.application_id, subject, verdict, reason_code: reasonCode,
      text_enc: text ? ctx.crypto.encrypt('verdict', 'text_enc', id, text) : null, given_by: holderOf(actor), created_at: ctx.clock.now()
    })
    await auditTask(trx, ctx, actor, task, { type: 'verdict-given', data: { subject, verdict, reasonCode } })
  })
}

/**
 * The verdict that counts on each subject of an application: the latest one among these tasks. What was said of something that a
 * correction has changed since counts no more.
 */
export async function verdictsOf(ctx: ServerContext, applicationId: string, taskIds: ReadonlySet<string>) {
  const changes = await changesOf(ctx.db, applicationId)
  const isStale = ({ subject, created_at }: Verdict): boolean =>
    changes.some(({ at, subjects }) => created_at <= at && subjects.some(one => overlap(one, subject)))
  const all = (await findVerdicts(ctx.db, applicationId)).filter(one => taskIds.has(one.task_id) && !isStale(one))
  const latest = new Map(all.map(one => [`${one.task_id} ${one.subject}`, one]))
  return [...latest.values()].map(one => ({
    taskId: one.task_id, subject: one.subject, verdict: one.verdict, reasonCode: one.reason_code,
    text: one.text_enc === null ? '' : ctx.crypto.decrypt('verdict', 'text_enc', one.id, one.text_enc),
    by: one.given_by, at: formatInstant(one.created_at)
  }))
}

/** What answered corrections changed, and when, in the names that verdicts use. */
async function changesOf(db: Knex, applicationId: string): Promise<{ at: number; subjects: string[] }[]> {
  return (await findSubmittedCorrections(db, applicationId)).map(one => ({
    at: Number(one.submitted_at),
    subjects: [...correctionFields(one).map(({ path }) => path), ...correctionMaterials(one).map(({ code }) => `material:${code}`)]
  }))
}
