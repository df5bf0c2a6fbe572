import { expect } from 'chai'
import { calendarYears } from '../../../core/calendar/index.ts'
import { createCalendar } from '../../../core/working-days.ts'
import { readCalendarYears, saveYear, seedCalendar } from '../../../server/db/calendar.ts'
import { onBothDatabases } from '../../support/databases.ts'

onBothDatabases('server/db/calendar', ({ openMigrated }) => {
  it('gives back the arrangements it was seeded with, however often', async () => {
    const db = await openMigrated()
    await seedCalendar(db, calendarYears, 1)
    await seedCalendar(db, calendarYears, 2)
    const years = await readCalendarYears(db)
    expect(years).to.deep.equal(calendarYears)
    expect(createCalendar(years).addWorkingDays('2026-09-30', 8).date).to.equal('2026-10-16')
    expect(await db('calendar_year').distinct('loaded_at').pluck('loaded_at')).to.deep.equal([1])
  })

  it('replaces a provisional year by a published one, and never what an administrator loaded', async () => {
    const db = await openMigrated()
    await seedCalendar(db, calendarYears, 1)
    const published = { year: 2027, status: 'published', papers: ['通知'], days: [{ date: '2027-01-02', isOffDay: true, name: '元旦' }] } as const
    await saveYear(db, { ...published, year: 2026, days: [] }, 'admin', 2)
    await seedCalendar(db, [...calendarYears.filter(({ year }) => year < 2027), published], 3)
    const years = await readCalendarYears(db)
    expect(years.find(({ year }) => year === 2027)).to.deep.equal(published)
    expect(years.find(({ year }) => year === 2026)!.papers).to.deep.equal(['通知'])
    await seedCalendar(db, calendarYears, 4)
    expect((await readCalendarYears(db)).find(({ year }) => year === 2027)!.status).to.equal('published')
  })
})
