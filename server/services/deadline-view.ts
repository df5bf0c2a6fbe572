import { addDays } from '../../core/dates.ts'
import { isBeyondPublished, stopNote } from '../../core/legal-clock.ts'
import type { WorkingCalendar } from '../../core/working-days.ts'
import { stopsOf } from '../db/clock-intervals.ts'
import type { ClockInterval } from '../db/clock-intervals.ts'
import type { Item } from '../db/items.ts'

/** Stored dates with the days that were counted to the promise, and why each other day was not (为什么是这一天). */
export function deadlineView(
  { calendar, acceptedOn }: { readonly calendar: WorkingCalendar; readonly acceptedOn: string | null },
  item: Pick<Item, 'deadline_kind' | 'promised_due' | 'statutory_due'>, intervals: readonly ClockInterval[]
) {
  const start = intervals.find(({ kind }) => kind === 'running')?.started_on ?? acceptedOn
  const mayMove = (due: string | null) => start !== null && due !== null && isBeyondPublished(calendar, start, due)
  const days = start && item.promised_due ? daysBetween(calendar, intervals, start, item.promised_due) : []
  return {
    kind: item.deadline_kind,
    acceptedOn: start,
    promisedDueDate: item.promised_due,
    statutoryDueDate: item.statutory_due,
    isProvisional: mayMove(item.promised_due),
    isStatutoryProvisional: mayMove(item.statutory_due),
    countedDays: days.filter(({ counted }) => counted).map(({ date }) => date),
    days
  }
}

function daysBetween(calendar: WorkingCalendar, intervals: readonly ClockInterval[], from: string, to: string) {
  const stops = stopsOf(intervals)
  const days = [{ date: from, counted: from === to, note: from === to ? '受理当日（即办件）' : '受理当日，不计入' }]
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    const stop = stops.find(({ startedOn, endedOn }) => startedOn <= date && (endedOn === null || date <= endedOn))
    const note = stop ? stopNote(stop) : calendar.describe(date)
    days.push({ date, counted: !stop && calendar.isWorkday(date), note })
  }
  return days
}
