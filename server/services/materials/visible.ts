import type { Region } from '../../../core/region.ts'
import { hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask, isApplicantOf } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { mattersOf } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { findWorkItemsOfApplication } from '../../db/work-items.ts'

/**
 * The selected matters whose form and materials the actor may see: all for applicants and windows; else those of a clerk's own
 * department, and those in which a model gave the own group a task.
 */
export async function visibleMatters(
  { db, regions }: Pick<ServerContext, 'db' | 'regions'>, actor: Actor, application: Application
): Promise<string[]> {
  const selected = mattersOf(application)
  if (isApplicantOf(actor, application) || hasRole(actor, 'window')) return selected
  const tasks = (await findWorkItemsOfApplication(db, application.id)).filter(task => canSeeTask(actor, task))
  return mattersAtDesk(regions.get(application.region), selected, { department: actor.department, tasks })
}

interface Desk {
  readonly department: string | null
  /** Tasks that stand there, by the matter of each. */
  readonly tasks: readonly { readonly slug: string | null }[]
}

/** The selected matters that concern a desk: its department's own, and those in which it has a task. */
export function mattersAtDesk({ matters }: Pick<Region, 'matters'>, selected: readonly string[], { department, tasks }: Desk): string[] {
  return selected.filter(slug => tasks.some(task => task.slug === slug)
    || matters.some(entry => entry.slug === slug && entry.department === department))
}
