/**
 * Dates are `YYYY-MM-DD` in Asia/Shanghai, which has had no summer time since 1991; instants are milliseconds since 1970 in UTC.
 */
const OFFSET = 8 * 3_600_000
const DAY = 86_400_000

/** The instant that stands for "never" in the engine's timers: the end of the year 9999. */
export const NEVER = Date.UTC(9999, 11, 31)

/** Date in Asia/Shanghai of an instant, whatever the time zone of the process. */
export function shanghaiDate(instant: number): string {
  return new Date(instant + OFFSET).toISOString().slice(0, 10)
}

/** Time of day in Asia/Shanghai, HH:MM. */
export function shanghaiTime(instant: number): string {
  return new Date(instant + OFFSET).toISOString().slice(11, 16)
}

/** Instant as RFC 3339 with the offset of Asia/Shanghai, e.g. 2026-03-24T09:00:00.000+08:00. */
export function formatInstant(instant: number): string {
  return `${new Date(instant + OFFSET).toISOString().slice(0, -1)}+08:00`
}

/** Instant of a date and a time of day (HH:MM) in Asia/Shanghai. */
export function instantOf(date: string, time: string): number {
  return Date.parse(`${date}T${time}:00+08:00`)
}

/** 00:00 of the date in Asia/Shanghai. */
export function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00.000+08:00`)
}

/** 23:59:59.999 of the date in Asia/Shanghai: the last instant at which something due on that date is in time. */
export function endOfDay(date: string): number {
  return Date.parse(`${date}T23:59:59.999+08:00`)
}

/** The date `days` later (earlier when negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** 0 = Sunday … 6 = Saturday. */
export function dayOfWeek(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}

/** Whether a text is a real date of the form YYYY-MM-DD (2026-02-30 is not). */
export function isDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}

/** Full years of age on `today`; somebody born on 29 February comes of age on 1 March of a common year. */
export function ageOn(today: string, birthDate: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}
