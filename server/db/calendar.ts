import type { Knex } from 'knex'
import type { CalendarDay, CalendarYear } from '../../core/working-days.ts'

interface YearRow {
  readonly year: number
  readonly status: CalendarYear['status']
  readonly papers: string
}

interface DayRow {
  readonly date: string
  readonly year: number
  readonly is_off_day: boolean
  readonly name: string
}

/**
 * Puts the shipped arrangements into the database where they are newer: a year that is missing, or one that was provisional
 * and is published now. What an administrator has imported is never overwritten.
 */
export async function seedCalendar(db: Knex, years: readonly CalendarYear[], at: number): Promise<void> {
  await db.transaction(async trx => {
    const known = new Map((await trx<YearRow>('calendar_year').select('year', 'status')).map(({ year, status }) => [year, status]))
    for (const year of years) {
      const isNews = !known.has(year.year) || (known.get(year.year) === 'provisional' && year.status === 'published')
      if (isNews) await saveYear(trx, year, 'program', at)
    }
  })
}

/** Replaces one year's arrangement. `loadedBy` = 'program' or the account of an administrator. */
export async function saveYear(trx: Knex, calendarYear: CalendarYear, loadedBy: string, at: number): Promise<void> {
  const { year, status, papers, days } = calendarYear
  // A day of the December before may have stood in that year's own arrangement.
  await trx('calendar_day').where({ year }).orWhereIn('date', days.map(({ date }) => date)).delete()
  await trx('calendar_year').insert({ year, status, papers: JSON.stringify(papers), loaded_by: loadedBy, loaded_at: at })
    .onConflict('year').merge()
  await trx.batchInsert('calendar_day', days.map(({ date, isOffDay, name }) => ({ date, year, is_off_day: isOffDay, name })), 100)
}

/** All arrangements of the database, for `createCalendar`. */
export async function readCalendarYears(db: Knex): Promise<CalendarYear[]> {
  const years = await db<YearRow>('calendar_year').orderBy('year')
  const days = await db<DayRow>('calendar_day').orderBy('date')
  return years.map(({ year, status, papers }) => ({
    year,
    status,
    papers: JSON.parse(papers) as string[],
    days: days.filter(day => day.year === year)
      .map((day): CalendarDay => ({ date: day.date, isOffDay: day.is_off_day, name: day.name }))
  }))
}
