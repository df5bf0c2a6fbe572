import { AppError } from '../../../core/errors.ts'
import { hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { coversDivision } from '../../auth/visibility.ts'
import type { Desk } from '../../db/work-item-queries.ts'

/** Group of the windows: intake and pick-up are possible at any window of the region. */
const WINDOW = 'window'

/** The desks somebody works at: a clerk's own group and division, and for window staff every window of the region. */
export function desksOf(actor: Actor): Desk[] {
  const clerk = hasRole(actor, 'clerk') && actor.department !== null
    ? [{ department: actor.department, divisionPrefix: divisionPrefix(actor.division) }]
    : []
  return hasRole(actor, 'window') ? [...clerk, { department: WINDOW, divisionPrefix: '' }] : clerk
}

/** Name under which somebody holds tasks. Throws AppError FORBIDDEN for who has none. */
export function holderOf(actor: Actor): string {
  if (actor.account === null) throw new AppError('FORBIDDEN')
  return actor.account
}

/** What all divisions that one covers begin with, as coversDivision has it. */
function divisionPrefix(division: string | null): string {
  const prefix = (division ?? '').slice(0, 6).replace(/(00)+$/, '')
  return division === null || coversDivision(division, prefix) ? prefix : division
}
