import { expect } from 'chai'
import chineseDays from 'chinese-days'
import { calendarYears } from '../../../core/calendar/index.ts'
import { addDays, isDate } from '../../../core/dates.ts'
import { createCalendar } from '../../../core/working-days.ts'

const calendar = createCalendar(calendarYears)
const year = (number: number) => calendarYears.find(one => one.year === number)!
const range = (from: string, to: string): string[] => (from > to ? [] : [from, ...range(addDays(from, 1), to)])

/** 国办发明电〔2025〕7号 as domain.md §2 quotes it. */
const OFF_2026 = [
  ['01-01', '01-03'], ['02-15', '02-23'], ['04-04', '04-06'], ['05-01', '05-05'], ['06-19', '06-21'], ['09-25', '09-27'], ['10-01', '10-07']
] as const
const WORKED_2026 = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']

describe('core/calendar', () => {
  it('holds exactly the days of the official arrangement of 2026', () => {
    const days = year(2026).days
    expect(days.filter(day => day.isOffDay).map(({ date }) => date)).to.deep.equal(OFF_2026.flatMap(([from, to]) => range(`2026-${from}`, `2026-${to}`)))
    expect(days.filter(day => !day.isOffDay).map(({ date }) => date)).to.deep.equal(WORKED_2026.map(day => `2026-${day}`))
  })

  it('agrees with an independent source on every day of 2025 and 2026', () => {
    for (let day = '2025-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
      expect(calendar.isWorkday(day), day).to.equal(chineseDays.isWorkday(day))
    }
  })

  it('holds the thirteen statutory days of 2027, provisionally', () => {
    expect(year(2027).status).to.equal('provisional')
    expect(year(2027).days).to.have.length(13)
    expect(year(2027).days.every(day => day.isOffDay)).to.equal(true)
  })

  it('names its papers and only real dates, in order and without repetition', () => {
    for (const { papers, days } of calendarYears) {
      expect(papers).to.not.have.length(0)
      const dates = days.map(({ date }) => date)
      expect(dates.every(isDate)).to.equal(true)
      expect(dates).to.deep.equal([...new Set(dates)].sort())
    }
  })
})
