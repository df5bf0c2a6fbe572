import type { Remit } from '../db/remit.ts'
import { hasRole } from './actor.ts'
import type { Actor } from './actor.ts'

/**
 * What a member of the staff answers for: a clerk the own department, a supervisor or an auditor every department, all in their
 * region and division. Null for whoever has no region or, being a clerk, no department.
 */
export function remitOf(actor: Actor): Remit | null {
  const seesAll = hasRole(actor, 'supervisor', 'auditor')
  if (actor.region === null || (!seesAll && actor.department === null)) return null
  return {
    region: actor.region,
    department: seesAll ? null : actor.department,
    divisionPrefix: (actor.division ?? '').slice(0, 6).replace(/(00)+$/, '')
  }
}
