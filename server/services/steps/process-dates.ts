import { endOfDay } from '../../../core/dates.ts'
import type { LegalClock } from '../../../core/legal-clock.ts'
import type { Region } from '../../../core/region.ts'
import type { WorkingCalendar } from '../../../core/working-days.ts'
import type { Item } from '../../db/items.ts'
import type { EngineVariables } from '../../engine/engine-variables.ts'

/** What a matter's process needs to watch the clock and to find the desk: the instants of its timers, the group of its tasks. */
export function processDates(
  region: Region, item: Pick<Item, 'department'>, { warnAt, promisedAt, redAt }: LegalClock
): EngineVariables {
  return {
    warnAt: new Date(warnAt), promisedAt: new Date(promisedAt), redAt: new Date(redAt),
    reviewGroup: region.departments.find(({ slug }) => slug === item.department)?.group ?? item.department
  }
}

/** End of the last day on which a declared contribution can be paid. */
export function paymentDeadline(calendar: WorkingCalendar, region: Region, today: string): Date {
  return new Date(endOfDay(calendar.addWorkingDays(today, region.thresholds.paymentWorkingDays).date))
}
