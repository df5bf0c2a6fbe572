import { addDays, endOfDay, instantOf, NEVER, shanghaiDate, shanghaiTime } from './dates.ts'
import type { Region } from './region.ts'
import type { WorkingCalendar } from './working-days.ts'

export interface Deadline {
  /** 即办件 or 承诺件. */
  readonly kind: 'immediate' | 'promised'
  readonly promisedWorkingDays: number
  /** null where the notice prints no limit for the single item. */
  readonly statutoryWorkingDays: number | null
}

/** Why a clock stands: 补正, a 特别程序 that the applicant was told of in writing, another department's answer, a declared outage. */
export type StopKind = 'correction' | 'special' | 'waiting' | 'outage'

/** Days on which the clock stands. Stops may be any number and may overlap: a day is left out once. */
export interface Stop {
  readonly kind: StopKind
  /** First and last day that do not count; null = the stop is still open. */
  readonly startedOn: string
  readonly endedOn: string | null
}

export interface ClockInput {
  /** Instant of acceptance on the business clock, ms. */
  readonly acceptedAt: number
  readonly deadline: Deadline
  readonly calendar: WorkingCalendar
  readonly officeHours: Region['officeHours']
  readonly thresholds: Pick<Region['thresholds'], 'warnRemainingWorkingDays' | 'redWorkingDaysPastPromise'>
  readonly stops?: readonly Stop[]
}

export interface CountedDay {
  readonly date: string
  readonly counted: boolean
  /** Why it counts or not, in Chinese: shown under 为什么是这一天. */
  readonly note: string
}

export interface LegalClock {
  readonly acceptedOn: string
  /** null while a stop is open, as nobody can know the day. */
  readonly promisedDueDate: string | null
  readonly statutoryDueDate: string | null
  readonly redDate: string | null
  /** Instants for the engine's timers, NEVER where the day is unknown. */
  readonly warnAt: number
  readonly promisedAt: number
  readonly redAt: number
  /** Either day may move; which of them does is said by `isBeyondPublished`. */
  readonly isProvisional: boolean
  readonly countedDays: readonly CountedDay[]
}

interface Walk {
  readonly days: readonly CountedDay[]
  /** Day of the n-th counted day; null when an open stop was met before. */
  readonly due: string | null
}

const TWO_HOURS = 2 * 3_600_000

/**
 * Computes the dates of one item. The day of acceptance does not count; a promise is kept until the end of the n-th working
 * day; an immediate item is due the same day, or at the end of the next working day when it was accepted on a free day or after
 * office hours. Days inside a stop do not count. Without a statutory limit red comes a configured number of working days after
 * the promise.
 */
export function computeClock(input: ClockInput): LegalClock {
  const { acceptedAt, deadline, calendar, thresholds } = input
  const acceptedOn = shanghaiDate(acceptedAt)
  const isSameDay = deadline.kind === 'immediate' && canBeDoneSameDay(input, acceptedOn)
  const needed = deadline.kind === 'immediate' ? (isSameDay ? 0 : 1) : deadline.promisedWorkingDays
  const promised = walk(input, acceptedOn, needed, isSameDay)
  const statutory = deadline.statutoryWorkingDays === null ? null : walk(input, acceptedOn, deadline.statutoryWorkingDays, false)
  const red = statutory ?? walk(input, acceptedOn, needed + thresholds.redWorkingDaysPastPromise, isSameDay)
  const shown = [promised.due, statutory?.due ?? null].filter(date => date !== null)
  return {
    acceptedOn,
    promisedDueDate: promised.due,
    statutoryDueDate: statutory?.due ?? null,
    redDate: red.due,
    warnAt: warnInstant(input, promised),
    promisedAt: endOrNever(promised.due),
    redAt: endOrNever(red.due),
    isProvisional: shown.some(date => isBeyondPublished(calendar, acceptedOn, date)),
    countedDays: promised.days
  }
}

/** Working days left until `due`, today not counted: 0 on the day itself, negative when it is past. */
export function remainingWorkingDays(calendar: WorkingCalendar, today: string, due: string): number {
  return calendar.workingDaysBetween(today, due)
}

export type SlaColour = 'green' | 'warn' | 'yellow' | 'red'

/** Colour at an instant: 预警 from warnAt, 黄牌 past the promise, 红牌 past the red date. Computed, never stored. */
export function slaColour(now: number, { warnAt, promisedAt, redAt }: Pick<LegalClock, 'warnAt' | 'promisedAt' | 'redAt'>): SlaColour {
  if (now > redAt) return 'red'
  if (now > promisedAt) return 'yellow'
  return now >= warnAt ? 'warn' : 'green'
}

function canBeDoneSameDay({ acceptedAt, calendar, officeHours, stops }: ClockInput, acceptedOn: string): boolean {
  if (!calendar.isWorkday(acceptedOn) || stopOn(stops, acceptedOn)) return false
  return !officeHours.enabled || shanghaiTime(acceptedAt) < officeHours.end
}

/** Goes from day to day until `needed` days have counted, noting of each why it counted or not. */
function walk({ calendar, stops }: ClockInput, acceptedOn: string, needed: number, isSameDay: boolean): Walk {
  const days: CountedDay[] = [{ date: acceptedOn, counted: isSameDay, note: isSameDay ? '受理当日（即办件）' : '受理当日，不计入' }]
  let due: string | null = acceptedOn
  for (let left = needed; left > 0 && due !== null;) {
    const date: string = addDays(due, 1)
    const stop = stopOn(stops, date)
    const counted = !stop && calendar.isWorkday(date)
    days.push({ date, counted, note: stop ? stopNote(stop) : calendar.describe(date) })
    if (counted) left--
    due = stop?.endedOn === null ? null : date
  }
  return { days, due }
}

function stopOn(stops: readonly Stop[] = [], date: string): Stop | undefined {
  return stops.find(({ startedOn, endedOn }) => startedOn <= date && (endedOn === null || date <= endedOn))
}

const STOPPED: Readonly<Record<StopKind, string>> = {
  correction: '等待补正', special: '特别程序', waiting: '等待其他部门', outage: '系统故障'
}

/** What a day of a stop is called where the count is shown. */
export const stopNote = ({ kind, endedOn }: Pick<Stop, 'kind' | 'endedOn'>): string => `${STOPPED[kind]}期间，不计入${endedOn === null ? '（尚未结束）' : ''}`

/** Promised: end of the day after which the set number of counted days is left. Immediate: two hours before the day closes. */
function warnInstant({ acceptedAt, deadline, officeHours, thresholds }: ClockInput, { days, due }: Walk): number {
  if (due === null) return NEVER
  if (deadline.kind === 'immediate') return Math.max(acceptedAt, closingSoon(due, officeHours))
  const counted = days.filter(day => day.counted)
  const last = counted.at(-1 - thresholds.warnRemainingWorkingDays)
  return last ? endOfDay(last.date) : Math.max(acceptedAt, endOfDay(days[0]!.date))
}

/** Instant from which what is due on a day at once (即办件) is late in the day: two hours before the offices close. */
export function closingSoon(due: string, officeHours: Region['officeHours']): number {
  return (officeHours.enabled ? instantOf(due, officeHours.end) : endOfDay(due)) - TWO_HOURS
}

const endOrNever = (date: string | null): number => (date === null ? NEVER : endOfDay(date))

/** A day reckoned from another is 暂定 when the count ran through a year whose arrangement is not published. */
export function isBeyondPublished(calendar: WorkingCalendar, from: string, to: string): boolean {
  const first = Number((from === to ? from : addDays(from, 1)).slice(0, 4))
  for (let year = first; year <= Number(to.slice(0, 4)); year++) if (!calendar.isPublished(year)) return true
  return false
}
