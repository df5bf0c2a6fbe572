import { addDays, dayOfWeek, isDate } from '../dates.ts'
import type { FieldProblem } from '../errors.ts'
import type { CalendarDay, CalendarYear, WorkingCalendar } from '../working-days.ts'

/** Free by law on the same day each year; the other festivals follow the moon and only have to be there. */
const FIXED = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']
const FESTIVALS = ['元旦', '春节', '清明', '劳动', '端午', '中秋', '国庆']

/**
 * What is wrong with a year's arrangement that somebody wants to publish; none = it can be one. Days of the December before may
 * stand in it, as the State Council arranges New Year with the year that begins.
 */
export function checkArrangement({ year, days }: Pick<CalendarYear, 'year' | 'days'>): FieldProblem[] {
  const problems: FieldProblem[] = []
  const say = (index: number, code: string, message: string): void => {
    problems.push({ path: `/days/${index}/date`, code, message })
  }
  const seen = new Set<string>()
  for (const [index, { date, isOffDay }] of days.entries()) {
    if (!isDate(date)) say(index, 'FORMAT', `“${date}”不是日期`)
    else if (!belongsTo(year, date)) say(index, 'RANGE', `${date} 不在 ${year} 年的安排之内`)
    else if (seen.has(date)) say(index, 'REPEATED', `${date} 出现了两次`)
    else if (!isOffDay && dayOfWeek(date) % 6 !== 0) say(index, 'NOT_A_WEEKEND', `${date} 不是周末，不会是调休上班日`)
    seen.add(date)
  }
  const free = days.filter(({ isOffDay }) => isOffDay)
  const missing = FIXED.map(day => `${year}-${day}`).filter(date => !free.some(day => day.date === date))
  const unnamed = FESTIVALS.filter(name => !free.some(day => day.name.includes(name)))
  for (const text of [...missing.map(date => `缺少法定节假日 ${date}`), ...unnamed.map(name => `没有“${name}”的放假安排`)]) {
    problems.push({ path: '/days', code: 'INCOMPLETE', message: text })
  }
  return problems
}

/** A day that a new arrangement tells otherwise. */
export interface ChangedDay {
  readonly date: string
  /** In Chinese: 工作日, 国庆节放假. */
  readonly before: string
  readonly after: string
  /** Whether the day counts otherwise than before, not only by another name. */
  readonly changesCount: boolean
}

/** The days of a year, and of the December before it, that two calendars tell differently, in order. */
export function compareCalendars(before: WorkingCalendar, after: WorkingCalendar, year: number): ChangedDay[] {
  const changed: ChangedDay[] = []
  for (let date = `${year - 1}-12-01`; belongsTo(year, date); date = addDays(date, 1)) {
    const [was, is] = [before.describe(date), after.describe(date)]
    if (was !== is) changed.push({ date, before: was, after: is, changesCount: before.isWorkday(date) !== after.isWorkday(date) })
  }
  return changed
}

/** The arrangements with one year's replaced or added, in order. */
export function withYear(years: readonly CalendarYear[], year: CalendarYear): CalendarYear[] {
  const dates = new Set(year.days.map(({ date }: CalendarDay) => date))
  const others = years.filter(one => one.year !== year.year)
    .map(one => ({ ...one, days: one.days.filter(({ date }) => !dates.has(date)) }))
  return [...others, year].sort((one, other) => one.year - other.year)
}

const belongsTo = (year: number, date: string): boolean => date.startsWith(`${year}-`) || date.startsWith(`${year - 1}-12-`)
