import { hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { isApplicantOf } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { mattersOf } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'

/** The selected matters whose materials the actor may see: all for applicants and windows, a clerk's own department's else. */
export function visibleMatters({ regions }: Pick<ServerContext, 'regions'>, actor: Actor, application: Application): string[] {
  const selected = mattersOf(application)
  if (isApplicantOf(actor, application) || hasRole(actor, 'window')) return selected
  const { matters } = regions.get(application.region)
  return selected.filter(slug => matters.some(entry => entry.slug === slug && entry.department === actor.department))
}
