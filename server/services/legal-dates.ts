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
  /** Where the item is handled; a division may keep hours of its own. */
  readonly division?: string | null
}

/** Dates of something that is accepted (or, a row, begun) at an instant. */
export function clockFrom(
  { region, calendar, division }: Place, deadline: Deadline, acceptedAt: number, intervals: readonly ClockInterval[] = []
): LegalClock {
  const { thresholds } = region
  const officeHours = officeHoursOf(region, division)
  return computeClock({ acceptedAt, deadline, calendar, officeHours, thresholds, stops: stopsOf(intervals) })
}

/** The hours of a division: its own, or those of the region. */
export function officeHoursOf({ divisions, officeHours }: Region, division: string | null | undefined): Region['officeHours'] {
  return divisions.find(({ code }) => code === division)?.officeHours ?? officeHours
}

/** Instant at which a clock began: the given one when it lies on the clock's first day, else that day's beginning. */
export function beganAt(
  intervals: readonly ClockInterval[], acceptedAt: number | null, acceptedOn: string | null
): number {
  const start = intervals.find(({ kind }) => kind === 'running')?.started_on ?? acceptedOn ?? ''
  return acceptedAt !== null && start === acceptedOn ? acceptedAt : startOfDay(start)
}

/**
 * What was promised to an item when it was accepted: neither a table nor a calendar that is changed later changes a promise that
 * was made. Of an item from before the days were kept it is read back from its dates.
 */
export function promisedTo(
  calendar: WorkingCalendar,
  item: Pick<Item, 'deadline_kind' | 'promised_due' | 'statutory_due' | 'promised_days' | 'statutory_days'>,
  acceptedOn: string, intervals: readonly ClockInterval[]
): Deadline {
  const kind = item.deadline_kind === 'immediate' ? 'immediate' : 'promised'
  const { promised_days: days, statutory_days: statutoryWorkingDays } = item
  if (days !== null) return { kind, promisedWorkingDays: days, statutoryWorkingDays }
  const daysUntil = (due: string): number => workingDaysOutsideStops(calendar, acceptedOn, due, intervals)
  return {
    kind,
    promisedWorkingDays: item.promised_due === null ? 0 : daysUntil(item.promised_due),
    statutoryWorkingDays: item.statutory_due === null ? null : daysUntil(item.statutory_due)
  }
}

/** The same dates as the audit trail notes them, so that the board can be reckoned again from the trail alone. */
export function datesTold({ promisedDueDate, statutoryDueDate, redDate }: LegalClock) {
  return { promisedDue: promisedDueDate, statutoryDue: statutoryDueDate, redDue: redDate }
}

/** The columns of an item that hold its dates. */
export function dateColumns(deadline: Deadline, clock: LegalClock): ItemPatch {
  return {
    deadline_kind: deadline.kind, promised_due: clock.promisedDueDate, statutory_due: clock.statutoryDueDate,
    red_due: clock.redDate, is_provisional: clock.isProvisional,
    promised_days: deadline.promisedWorkingDays, statutory_days: deadline.statutoryWorkingDays
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
