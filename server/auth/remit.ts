import type { Remit } from '../db/remit.ts'
import { hasRole } from './actor.ts'
import type { Actor } from './actor.ts'

/**
 * What a member of the staff answers for when citizens complain: a clerk the own department, a supervisor every department,
 * both in their region and division. Null for whoever has no region or, being a clerk, no department.
 */
export function remitOf(actor: Actor): Remit | null {
  const isSupervisor = hasRole(actor, 'supervisor')
  if (actor.region === null || (!isSupervisor && actor.department === null)) return null
  return {
    region: actor.region,
    department: isSupervisor ? null : actor.department,
    divisionPrefix: (actor.division ?? '').slice(0, 6).replace(/(00)+$/, '')
  }
}
