import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, readContent } from '../../db/applications.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { visibleMatters } from '../materials/visible.ts'
import { claimedBy } from './claim-task.ts'
import { holderOf } from './desks.ts'
import { formSections } from './form-parts.ts'
import type { FormSection } from './form-parts.ts'
import { auditTask } from './task-audit.ts'

/**
 * The form without masks, for the holder of the task alone; who looked and what for is noted before anything is shown.
 * @throws AppError TASK_NOT_CLAIMED, TASK_CLAIMED (409), NOT_FOUND for a task without a case
 */
export async function revealForm(ctx: ServerContext, actor: Actor, task: WorkItem, purpose: string): Promise<FormSection[]> {
  if (task.assignee !== holderOf(actor)) throw await claimedBy(ctx, task)
  const application = await findApplication(ctx.db, task.application_id)
  if (!application) throw new AppError('NOT_FOUND')
  await ctx.db.transaction(trx => auditTask(trx, ctx, actor, task, { type: 'personal-data-viewed', text: purpose.trim() }))
  const region = ctx.regions.get(application.region)
  return formSections(ctx.regions, region, readContent(ctx, application), await visibleMatters(ctx, actor, application))
}
