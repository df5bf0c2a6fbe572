import { expect } from 'chai'
import { createLiveCalendar } from '../../../../core/working-days.ts'
import { calendarYears } from '../../../../core/calendar/index.ts'
import { createBusinessClock } from '../../../../server/clock.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { keepBoardCounts } from '../../../../server/services/oversight/board-counts.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { insertItem } from '../../../support/rows.ts'

onBothDatabases('services/oversight/board-counts', ({ kind, openMigrated }) => {
  it('makes the counts of every region, of the day that it is, where counts are kept', async () => {
    const db = await openMigrated()
    const clock = createBusinessClock({ now: '2026-03-24T10:00:00+08:00' })
    const regions = createRegionCatalogue()
    const calendar = createLiveCalendar(calendarYears)
    await insertItem(db)
    for (const today of ['2026-03-24', '2026-03-25']) {
      clock.set(`${today}T10:00:00+08:00`)
      await keepBoardCounts({ db, clock, regions, calendar })
      const kept = kind === 'postgresql' ? regions.all().map(({ slug }) => [slug, today]) : []
      expect((await db('open_item_tally')).map(({ region, today }) => [region, today])).to.have.deep.members(kept)
      expect(await db('decided_tally').pluck('region')).to.have.length(kept.length)
    }
  })
})
