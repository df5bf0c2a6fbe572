import { addDays, dayOfWeek } from './dates.ts'

export interface CalendarDay {
  readonly date: string
  /** true: free though it may be a weekday; false: worked though it is a weekend. */
  readonly isOffDay: boolean
  readonly name: string
}

/** One year's arrangement, in the shape of holiday-cn. Days of December may stand in the next year's. */
export interface CalendarYear {
  readonly year: number
  /** `provisional`: the State Council has not published it, only the statutory days are known. */
  readonly status: 'published' | 'provisional'
  /** Titles of the official documents. */
  readonly papers: readonly string[]
  readonly days: readonly CalendarDay[]
}

export interface WorkingDate {
  readonly date: string
  /** The working days counted, in order; the last one is `date`. */
  readonly countedDays: readonly string[]
  /** The count ran through a year whose arrangement is not published: the date is 暂定. */
  readonly isProvisional: boolean
}

export interface WorkingCalendar {
  isWorkday(date: string): boolean
  isPublished(year: number): boolean
  /** Why a day is worked or free, in Chinese: 工作日, 周末, 国庆节放假, 国庆节调休上班. */
  describe(date: string): string
  /** The n-th working day after `date`, which itself is not counted (day of acceptance). */
  addWorkingDays(date: string, count: number): WorkingDate
  /** First working day after `date`. */
  nextWorkday(date: string): string
  /** Working days in (from, to]; negative when `to` lies before `from`. */
  workingDaysBetween(from: string, to: string): number
}

/** A calendar whose arrangements can be replaced while others hold it: a year is published in the middle of the work. */
export interface LiveCalendar extends WorkingCalendar {
  replace(years: readonly CalendarYear[]): void
}

/** Fixed statutory days for a year of which nothing is known; the lunar ones have to come as data. */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': '元旦', '05-01': '劳动节', '05-02': '劳动节', '10-01': '国庆节', '10-02': '国庆节', '10-03': '国庆节'
}

/** Makes the calendar of the given years. Pure text arithmetic: the time zone of the process plays no part. */
export function createCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  const days = new Map(years.flatMap(({ days: list }) => list.map(day => [day.date, day] as const)))
  const known = new Set(years.map(({ year }) => year))
  // An empty list is a placeholder, not an arrangement (holiday-cn publishes such files ahead of time).
  const published = new Set(years.filter(({ status, papers, days: list }) => status === 'published' && papers.length > 0 && list.length > 0)
    .map(({ year }) => year))

  const isPublished = (year: number): boolean => published.has(year)
  const special = (date: string): CalendarDay | undefined => {
    const day = days.get(date)
    if (day || known.has(yearOf(date))) return day
    const name = FIXED[date.slice(5)]
    return name === undefined ? undefined : { date, isOffDay: true, name }
  }
  const isWorkday = (date: string): boolean => {
    const day = special(date)
    return day ? !day.isOffDay : !isWeekend(date)
  }
  const describe = (date: string): string => {
    const day = special(date)
    if (day) return day.isOffDay ? `${day.name}放假` : `${day.name}调休上班`
    return isWeekend(date) ? '周末' : '工作日'
  }
  const nextWorkday = (date: string): string => {
    let next = addDays(date, 1)
    while (!isWorkday(next)) next = addDays(next, 1)
    return next
  }
  const addWorkingDays = (date: string, count: number): WorkingDate => {
    const countedDays: string[] = []
    let last = date
    while (countedDays.length < count) {
      last = nextWorkday(last)
      countedDays.push(last)
    }
    const isProvisional = count > 0 && yearsBetween(addDays(date, 1), last).some(year => !isPublished(year))
    return { date: last, countedDays, isProvisional }
  }
  const workingDaysBetween = (from: string, to: string): number => {
    if (to < from) return -workingDaysBetween(to, from)
    let count = 0
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day)) count++
    return count
  }
  return Object.freeze({ isWorkday, isPublished, describe, addWorkingDays, nextWorkday, workingDaysBetween })
}

/** The same, for a process that goes on while a year's arrangement is published. */
export function createLiveCalendar(years: readonly CalendarYear[]): LiveCalendar {
  let now = createCalendar(years)
  return Object.freeze({
    isWorkday: (date: string) => now.isWorkday(date),
    isPublished: (year: number) => now.isPublished(year),
    describe: (date: string) => now.describe(date),
    addWorkingDays: (date: string, count: number) => now.addWorkingDays(date, count),
    nextWorkday: (date: string) => now.nextWorkday(date),
    workingDaysBetween: (from: string, to: string) => now.workingDaysBetween(from, to),
    replace: (changed: readonly CalendarYear[]) => { now = createCalendar(changed) }
  })
}

const isWeekend = (date: string): boolean => dayOfWeek(date) % 6 === 0
const yearOf = (date: string): number => Number(date.slice(0, 4))

function yearsBetween(from: string, to: string): number[] {
  return Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, index) => yearOf(from) + index)
}
