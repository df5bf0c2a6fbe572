import { startOfDay } from '../../core/dates.ts'
import { computeClock } from '../../core/legal-clock.ts'
import type { Deadline, LegalClock } from '../../core/legal-clock.ts'
import type { Region } from '../../core/region.ts'
import type { WorkingCalendar } from '../../core/working-days.ts'
import type { ClockInterval } from '../db/clock-intervals.ts'
import { stopsOf } from '../db/clock-intervals.ts'
import type { Item, ItemPatch } from '../db/items.ts'

interface Place {
  readonly region: Region
  readonly calendar: WorkingCalendar
}

/** Dates of something that is accepted (or, a row, begun) at an instant. */
export function clockFrom(
  { region, calendar }: Place, deadline: Deadline, acceptedAt: number, intervals: readonly ClockInterval[] = []
): LegalClock {
  const { officeHours, thresholds } = region
  return computeClock({ acceptedAt, deadline, calendar, officeHours, thresholds, stops: stopsOf(intervals) })
}

/** Instant at which a clock began: the given one when it lies on the clock's first day, else that day's beginning. */
export function beganAt(
  intervals: readonly ClockInterval[], acceptedAt: number | null, acceptedOn: string | null
): number {
  const start = intervals.find(({ kind }) => kind === 'running')?.started_on ?? acceptedOn ?? ''
  return acceptedAt !== null && start === acceptedOn ? acceptedAt : startOfDay(start)
}

/**
 * What was promised to an item when it was accepted, read back from its stored dates: a table that is changed later does not
 * change a promise that was made.
 */
export function promisedTo(calendar: WorkingCalendar, item: Pick<Item, 'deadline_kind' | 'promised_due' | 'statutory_due'>,
  acceptedOn: string, intervals: readonly ClockInterval[]): Deadline {
  const daysUntil = (due: string): number => workingDaysOutsideStops(calendar, acceptedOn, due, intervals)
  return {
    kind: item.deadline_kind === 'immediate' ? 'immediate' : 'promised',
    promisedWorkingDays: item.promised_due === null ? 0 : daysUntil(item.promised_due),
    statutoryWorkingDays: item.statutory_due === null ? null : daysUntil(item.statutory_due)
  }
}

/** The columns of an item that hold its dates. */
export function dateColumns(deadline: Deadline, clock: LegalClock): ItemPatch {
  return {
    deadline_kind: deadline.kind, promised_due: clock.promisedDueDate, statutory_due: clock.statutoryDueDate,
    red_due: clock.redDate, is_provisional: clock.isProvisional
  }
}

function workingDaysOutsideStops(
  calendar: WorkingCalendar, from: string, to: string, intervals: readonly ClockInterval[]
): number {
  // A stop that is still open began after the dates were reckoned.
  const stopped = stopsOf(intervals).reduce((sum, { startedOn, endedOn }) => {
    if (endedOn === null) return sum
    const first = startedOn > from ? startedOn : from
    const last = endedOn < to ? endedOn : to
    if (last < first) return sum
    // (first, last] plus the first day itself, which is stopped too unless it is the day of acceptance.
    return sum + calendar.workingDaysBetween(first, last) + (startedOn > from && calendar.isWorkday(first) ? 1 : 0)
  }, 0)
  return calendar.workingDaysBetween(from, to) - stopped
}
