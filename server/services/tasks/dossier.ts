import { formatInstant } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, readContent } from '../../db/applications.ts'
import { readChain } from '../../db/audit.ts'
import { findRowsOfApplication } from '../../db/item-rows.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import { findMaterials } from '../../db/materials.ts'
import { isAsked } from '../../db/task-remarks.ts'
import { findWorkItemsOfApplication } from '../../db/work-items.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { applicationStatus } from '../application-status.ts'
import { viewItems } from '../application-view.ts'
import { maskContent } from '../forms/masked-content.ts'
import { materialView } from '../materials/uploads.ts'
import { isMaterialOf, visibleMatters } from '../materials/visible.ts'
import { timelineOf } from '../timeline.ts'
import { changesFor } from './changed-content.ts'
import { proposalOf } from './four-eyes.ts'
import { formSections } from './form-parts.ts'
import { officialFacts } from './official-facts.ts'
import { remarksOf } from './remarks.ts'
import { readTaskDraft } from './task-draft.ts'
import { openSpecial } from './special-procedure.ts'
import { taskView } from './task-view.ts'
import { verdictsOf } from './verdicts.ts'
import { whyHere } from './why-here.ts'

const NOTHING = { changes: [], items: [], sections: [], licences: [], materials: [], timeline: [], verdicts: [], remarks: [] }

/**
 * The whole case around a task on one page: every item of the three departments with its state and clock, the form masked and
 * only as far as the asker's desk is concerned, materials, timeline, and what was found and remarked at the asker's desk.
 */
export async function taskDossier(ctx: ServerContext, actor: Actor, task: WorkItem) {
  const application = await findApplication(ctx.db, task.application_id)
  const isMine = task.assignee !== null && task.assignee === actor.account
  const own = {
    task: { ...await taskView(ctx, task), state: task.state, draft: isMine ? readTaskDraft(ctx, task) : null },
    why: await whyHere(ctx, task),
    proposal: await proposalOf(ctx, task),
    special: { open: await openSpecial(ctx, task), kinds: ctx.regions.get(task.region).specialProcedures ?? [] },
    reasonCodes: ctx.regions.get(task.region).reasonCodes,
    isAsked: actor.account !== null && await isAsked(ctx.db, task.id, actor.account)
  }
  // A task of a process that nobody submitted has no case.
  if (!application) return { ...own, application: null, ...NOTHING }
  const region = ctx.regions.get(application.region)
  const items = await findItemsOfApplication(ctx.db, application.id)
  const content = readContent(ctx, application)
  const slugs = await visibleMatters(ctx, actor, application)
  const tasks = await findWorkItemsOfApplication(ctx.db, application.id)
  const seen = new Set(tasks.filter(one => canSeeTask(actor, one)).map(({ id }) => id))
  const materials = await findMaterials(ctx.db, application.id)
  const chain = await readChain(ctx.db, application.id)
  return {
    ...own,
    application: {
      id: application.id, number: application.number, region: application.region, channel: application.channel,
      status: applicationStatus(application, items),
      submittedAt: application.submitted_at === null ? null : formatInstant(application.submitted_at)
    },
    changes: changesFor(region, chain, items, task.slug),
    items: await viewItems(ctx, application, items, items),
    sections: formSections(ctx.regions, region, maskContent(content), slugs),
    licences: await officialFacts(ctx, region, application, content),
    materials: materials.filter(material => isMaterialOf(material, slugs)).map(one => materialView(ctx, one)),
    timeline: timelineOf(region, chain, {
      items, rows: await findRowsOfApplication(ctx.db, application.id)
    }),
    verdicts: await verdictsOf(ctx, application.id, seen),
    remarks: await remarksOf(ctx, application.id, seen)
  }
}
