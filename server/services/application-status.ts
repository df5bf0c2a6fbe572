import type { Application } from '../db/applications.ts'
import type { Item } from '../db/items.ts'

export type ApplicationStatus = 'draft' | 'submitted' | 'not-accepted' | 'processing' | 'completed' | 'withdrawn'

const SETTLED = new Set<Item['status']>(['delivered', 'rejected', 'withdrawn', 'not-accepted'])

/**
 * The state of an application (主件). It is never stored: it follows from whether it was submitted, accepted or refused and from
 * the states of its items. Approved items still have to be delivered before all is completed.
 */
export function applicationStatus(
  application: Pick<Application, 'status_draft' | 'accepted_at' | 'refused_at'>, items: readonly Pick<Item, 'status'>[]
): ApplicationStatus {
  if (application.status_draft) return 'draft'
  if (application.refused_at !== null || (items.length > 0 && items.every(({ status }) => status === 'not-accepted'))) {
    return 'not-accepted'
  }
  if (items.length > 0 && items.every(({ status }) => status === 'withdrawn')) return 'withdrawn'
  if (items.length > 0 && items.every(({ status }) => SETTLED.has(status))) return 'completed'
  return application.accepted_at === null ? 'submitted' : 'processing'
}
