import { hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask, isApplicantOf, isOwnItem } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { mattersOf } from '../../db/applications.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import type { Material } from '../../db/materials.ts'
import { findWorkItemsOfApplication } from '../../db/work-items.ts'

/**
 * The selected matters of which the actor may see item, form and materials: all for applicants and windows; else those that are
 * a clerk's own by department and division, and those in which the own group has or had a task. What lets a clerk open a case
 * (`canSeeApplication`) is one of these.
 */
export async function visibleMatters(
  { db }: Pick<ServerContext, 'db'>, actor: Actor, application: Application
): Promise<string[]> {
  const selected = mattersOf(application)
  if (isApplicantOf(actor, application) || hasRole(actor, 'window')) return selected
  const items = (await findItemsOfApplication(db, application.id)).filter(item => isOwnItem(actor, item))
  const tasks = (await findWorkItemsOfApplication(db, application.id)).filter(task => canSeeTask(actor, task))
  const own = new Set([...items, ...tasks].map(({ slug }) => slug))
  return selected.filter(slug => own.has(slug))
}

/** The form with the sections of these matters alone; what is common to all stays. */
export function contentOf({ items, ...common }: ApplicationContent, matters: readonly string[]): ApplicationContent {
  return { ...common, items: Object.fromEntries(Object.entries(items).filter(([slug]) => matters.includes(slug))) }
}

/** Whether a material was handed in for one of these matters, or for no matter in particular. */
export function isMaterialOf({ slug }: Pick<Material, 'slug'>, matters: readonly string[]): boolean {
  return slug === null || matters.includes(slug)
}
