import type { Knex } from 'knex'
import type { Application } from '../db/applications.ts'
import type { Item } from '../db/items.ts'
import { findIntake } from '../db/window-intakes.ts'
import { findWorkItemsOfApplication } from '../db/work-items.ts'
import type { WorkItem } from '../db/work-items.ts'
import { hasRole } from './actor.ts'
import type { Actor } from './actor.ts'

/**
 * Whether somebody of `own` division answers for a case of `division`. Codes end in pairs of zeros where they mean all below:
 * 450000 covers 450103 and 450100, 450100 covers 450103, 450103 only itself. Null covers everything.
 */
export function coversDivision(own: string | null, division: string): boolean {
  return own === null || division.startsWith(own.slice(0, 6).replace(/(00)+$/, ''))
}

/**
 * Whether an actor may see an application. Applicants see what they made, and citizens also what a window or a platform made for
 * them; a window sees its region's submitted applications (统一受理, 统一出件) and the drafts of its own division's windows; a clerk
 * sees a submitted application with an item of the own department and division, or with a task that a model gave the own group.
 */
export async function canSeeApplication(db: Knex, actor: Actor, application: Application): Promise<boolean> {
  // Nothing is left to be seen; what was done lives on in the trail.
  if (application.erased_at) return false
  if (application.applicant_key === actor.key) return true
  if (hasRole(actor, 'window') && actor.region === application.region) {
    return !application.status_draft || await isOwnIntake(db, actor, application)
  }
  if (application.status_draft) return false
  if (hasRole(actor, 'citizen') && actor.personKey !== null) {
    return application.channel !== 'online' && application.person_key === actor.personKey
  }
  if (hasRole(actor, 'clerk') && actor.department !== null && actor.region === application.region) {
    const items: Pick<Item, 'department' | 'division'>[] = await db('item')
      .where({ application_id: application.id })
      .select('department', 'division')
    if (items.some(item => isOwnItem(actor, item))) return true
    return (await findWorkItemsOfApplication(db, application.id)).some(task => canSeeTask(actor, task))
  }
  return false
}

/** Whether a counter of the actor's division took an application in. One that was taken in before that was noted is anybody's. */
export async function isOwnIntake(db: Knex, actor: Actor, { id, channel, region }: Application): Promise<boolean> {
  if (!hasRole(actor, 'window') || channel !== 'window' || actor.region !== region) return false
  const intake = await findIntake(db, id)
  return intake === null || intake.division === null || coversDivision(actor.division, intake.division)
}

/** Whether an item is handled by a clerk's own department, in a division that the clerk answers for. */
export function isOwnItem(actor: Actor, { department, division }: Pick<Item, 'department' | 'division'>): boolean {
  return actor.department === department && coversDivision(actor.division, division)
}

/** Whether a task is of the actor's region and group: a clerk's department and division, or any window of the region. */
export function canSeeTask(actor: Actor, { region, department, division }: Pick<WorkItem, 'region' | 'department' | 'division'>): boolean {
  if (actor.region !== region) return false
  if (hasRole(actor, 'window') && department === 'window') return true
  return hasRole(actor, 'clerk') && actor.department === department && (division === null || coversDivision(actor.division, division))
}

/** Whether the actor acts for the applicant here (and may withdraw, correct, see everything that was written). */
export function isApplicantOf(actor: Actor, application: Application): boolean {
  return application.applicant_key === actor.key
    || (actor.personKey !== null && actor.personKey === application.person_key)
    || (hasRole(actor, 'window') && application.channel === 'window' && actor.region === application.region)
}
