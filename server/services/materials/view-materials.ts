import type { Actor } from '../../auth/actor.ts'
import { isApplicantOf } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { personKey } from '../person-keys.ts'
import { checklistOf, checklistView } from './checklist.ts'
import { refreshLicences } from './licences.ts'
import { materialsNeeded } from './needed.ts'
import { materialView } from './uploads.ts'
import { isMaterialOf, visibleMatters } from './visible.ts'

/**
 * The materials of an application with their state (免提交, 待上传, 已上传, 原件待核 …). While it can still change, the applicant's
 * look asks the public data platform for the licences that are not known yet; without an answer the upload is offered, and why.
 */
export async function viewMaterials(ctx: ServerContext, actor: Actor, application: Application) {
  const content = readContent(ctx, application)
  const matters = await visibleMatters(ctx, actor, application)
  const needed = await materialsNeeded(ctx, application, content, matters)
  if (application.closed_at === null && mayAsk(ctx, actor, application, content)) {
    await refreshLicences(ctx, application, content, needed.flatMap(({ licence }) => licence ?? []))
  }
  const entries = await checklistOf(ctx, application, content, needed)
  // A material of several departments may have been handed in for the matter of another: its state is told, its file is not.
  const shown = entries.map(entry => ({ ...entry, files: entry.files.filter(file => isMaterialOf(file, matters)) }))
  return { materials: shown.map(entry => checklistView(entry, file => materialView(ctx, file))) }
}

/** Nobody learns by a draft of his own which licences somebody else holds. */
function mayAsk({ crypto }: ServerContext, actor: Actor, application: Application, { common }: ApplicationContent): boolean {
  if (!isApplicantOf(actor, application)) return false
  if (application.channel !== 'online') return true
  return actor.personKey !== null && actor.personKey === personKey(crypto, common.person as Record<string, unknown> | undefined)
}
