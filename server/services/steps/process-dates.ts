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

/**
 * End of the last day on which a declared contribution can be paid: after the region's working days, but no later than the last
 * days of this year that its rules name (MM-DD: 1月底, 6月30日, 12月31日). What is already past leaves today.
 */
export function paymentDeadline(calendar: WorkingCalendar, region: Region, today: string, lastDays: readonly string[]): Date {
  const named = lastDays.map(day => `${today.slice(0, 4)}-${day}`)
  const [earliest] = [calendar.addWorkingDays(today, region.thresholds.paymentWorkingDays).date, ...named].sort()
  return new Date(endOfDay(earliest! < today ? today : earliest!))
}
