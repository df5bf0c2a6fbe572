import type { ServerContext } from '../../context.ts'
import { findApplication } from '../../db/applications.ts'
import { findIntervalsOf } from '../../db/clock-intervals.ts'
import { findItemsOfApplication } from '../../db/items.ts'
import { deadlineView } from '../deadline-view.ts'

/** For each item of a case the dates that it has to be done by, and how they were counted day by day. */
export async function caseDeadlines({ db, calendar }: Pick<ServerContext, 'db' | 'calendar'>, applicationId: string) {
  const [application, items] = await Promise.all([findApplication(db, applicationId), findItemsOfApplication(db, applicationId)])
  const intervals = await findIntervalsOf(db, items.map(({ id }) => id))
  const acceptedOn = application?.accepted_on ?? null
  return new Map(items.map(item => [item.id, deadlineView({ calendar, acceptedOn }, item, intervals.get(item.id) ?? [])]))
}
