import { expect } from 'chai'
import { calendarYears } from '../../core/calendar/index.ts'
import { addDays } from '../../core/dates.ts'
import { createCalendar } from '../../core/working-days.ts'
import { inTimeZones } from '../support/time-zones.ts'

const calendar = createCalendar(calendarYears)

/** Month-day of acceptance in 2026, promised days, due (domain.md §2). */
const DUE: readonly [string, number, string][] = [
  ['06-18', 3, '06-24'], ['06-12', 8, '06-25'], ['09-24', 3, '09-30'], ['09-29', 5, '10-12'],
  ['09-29', 8, '10-15'], ['09-30', 8, '10-16'], ['02-13', 2, '02-24'], ['05-08', 1, '05-09']
]

function workdaysOf(year: number): number {
  let count = 0
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) if (calendar.isWorkday(day)) count++
  return count
}

describe('core/working-days', () => {
  inTimeZones(zone => {
    it(`finds the due dates of the published arrangement (process in ${zone})`, () => {
      for (const [from, days, due] of DUE) {
        const result = calendar.addWorkingDays(`2026-${from}`, days)
        expect(result.date, from).to.equal(`2026-${due}`)
        expect(result.isProvisional).to.equal(false)
        expect(result.countedDays).to.have.length(days)
        expect(result.countedDays.at(-1)).to.equal(result.date)
      }
    })

    it(`counts 248 working days in 2026 and 2025 (process in ${zone})`, () => {
      expect(workdaysOf(2026)).to.equal(248)
      expect(workdaysOf(2025)).to.equal(248)
    })
  })

  it('works on the weekends that are made up, and on no others', () => {
    for (const day of ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']) expect(calendar.isWorkday(`2026-${day}`), day).to.equal(true)
    for (const day of ['01-10', '11-22', '11-28']) expect(calendar.isWorkday(`2026-${day}`), day).to.equal(false)
  })

  it('says why a day is worked or free', () => {
    expect(calendar.describe('2026-10-01')).to.equal('国庆节放假')
    expect(calendar.describe('2026-10-10')).to.equal('国庆节调休上班')
    expect(calendar.describe('2026-11-22')).to.equal('周末')
    expect(calendar.describe('2026-11-23')).to.equal('工作日')
  })

  it('marks a date that runs into an unpublished year as provisional', () => {
    expect(calendar.isPublished(2026)).to.equal(true)
    expect(calendar.isPublished(2027)).to.equal(false)
    expect(calendar.addWorkingDays('2026-12-28', 3)).to.deep.include({ date: '2026-12-31', isProvisional: false })
    expect(calendar.addWorkingDays('2026-12-28', 4)).to.deep.include({ date: '2027-01-04', isProvisional: true })
    expect(calendar.addWorkingDays('2024-12-31', 1)).to.deep.include({ date: '2025-01-02', isProvisional: false })
    expect(calendar.addWorkingDays('2026-12-28', 0)).to.deep.equal({ date: '2026-12-28', countedDays: [], isProvisional: false })
  })

  it('counts in 2027 from the statutory days alone', () => {
    for (const day of ['01-01', '02-05', '02-08', '04-05', '05-01', '06-09', '09-15', '10-01']) expect(calendar.isWorkday(`2027-${day}`), day).to.equal(false)
    for (const day of ['02-09', '02-10', '05-03', '10-04']) expect(calendar.isWorkday(`2027-${day}`), day).to.equal(true)
  })

  it('knows the fixed statutory days of a year without any data', () => {
    expect(calendar.isWorkday('2028-10-03')).to.equal(false)
    expect(calendar.isWorkday('2028-05-02')).to.equal(false)
    expect(calendar.isWorkday('2028-10-04')).to.equal(true)
    expect(calendar.addWorkingDays('2028-01-03', 1).isProvisional).to.equal(true)
  })

  it('trusts the arrangement of a known year alone', () => {
    const moved = createCalendar([{ year: 2027, status: 'published', papers: ['x'], days: [{ date: '2027-01-01', isOffDay: true, name: '元旦' }] }])
    expect(moved.isWorkday('2027-10-01')).to.equal(true)
  })

  it('does not take an empty placeholder for an arrangement', () => {
    const empty = createCalendar([{ year: 2027, status: 'published', papers: [], days: [] }])
    expect(empty.isPublished(2027)).to.equal(false)
  })

  it('reads days of December from the next year\'s file', () => {
    const next = createCalendar([
      { year: 2025, status: 'published', papers: ['x'], days: [{ date: '2025-01-01', isOffDay: true, name: '元旦' }] },
      { year: 2026, status: 'published', papers: ['x'], days: [{ date: '2025-12-31', isOffDay: true, name: '元旦' }] }
    ])
    expect(next.isWorkday('2025-12-31')).to.equal(false)
  })

  it('counts the days between two dates in both directions', () => {
    expect(calendar.workingDaysBetween('2026-09-29', '2026-10-12')).to.equal(5)
    expect(calendar.workingDaysBetween('2026-10-12', '2026-09-29')).to.equal(-5)
    expect(calendar.workingDaysBetween('2026-10-12', '2026-10-12')).to.equal(0)
    expect(calendar.nextWorkday('2026-09-30')).to.equal('2026-10-08')
  })
})
