/** The three tables of 国务院关于渐进式延迟法定退休年龄的办法 (from 2025-01-01), by original retirement age. */
export type RetirementCategory = 'male60' | 'female55' | 'female50'

export interface Retirement {
  readonly delayMonths: number
  readonly ageYears: number
  readonly ageMonths: number
  /** Day on which the statutory retirement age is reached. */
  readonly date: string
}

/** `start` = birth month from which delay begins; one month more for every `step` months of birth, up to `cap`. */
const RULES = {
  male60: { base: 60, start: monthIndex(1965, 1), step: 4, cap: 36 },
  female55: { base: 55, start: monthIndex(1970, 1), step: 4, cap: 36 },
  female50: { base: 50, start: monthIndex(1975, 1), step: 2, cap: 60 }
} as const

/**
 * Category of a flexible worker: men 60, women 55 (劳社部发〔2001〕20号三). Some places hold women with earlier years as
 * employees to 50, which a clerk decides; the machine never refuses on it.
 */
export function flexibleWorkerCategory(sex: 'male' | 'female'): RetirementCategory {
  return sex === 'male' ? 'male60' : 'female55'
}

/** Statutory retirement of somebody born on `birthDate` (article 1 and its tables); the day is kept, cut to the month. */
export function retirementOf(category: RetirementCategory, birthDate: string): Retirement {
  const { base, start, step, cap } = RULES[category]
  const birth = monthIndex(Number(birthDate.slice(0, 4)), Number(birthDate.slice(5, 7)))
  const months = birth - start
  const delayMonths = months < 0 ? 0 : Math.min(cap, Math.floor(months / step) + 1)
  const target = birth + base * 12 + delayMonths
  const year = Math.floor(target / 12)
  const month = target % 12 + 1
  const day = Math.min(Number(birthDate.slice(8, 10)), daysIn(year, month))
  return {
    delayMonths,
    ageYears: base + Math.floor(delayMonths / 12),
    ageMonths: delayMonths % 12,
    date: `${year}-${two(month)}-${two(day)}`
  }
}

/** Day on which the statutory retirement age is reached. */
export function retirementDate(category: RetirementCategory, birthDate: string): string {
  return retirementOf(category, birthDate).date
}

/**
 * 尚未达到法定退休年龄 on `today`. Whether the day itself counts as reached is left to local practice; by default it does.
 */
export function isBelowRetirementAge(
  today: string, category: RetirementCategory, birthDate: string, isReachedOnTheDay = true
): boolean {
  const date = retirementDate(category, birthDate)
  return isReachedOnTheDay ? today < date : today <= date
}

function monthIndex(year: number, month: number): number {
  return year * 12 + month - 1
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const two = (number: number): string => String(number).padStart(2, '0')
