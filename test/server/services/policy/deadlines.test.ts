import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { calendarYears } from '../../../../core/calendar/index.ts'
import type { Region } from '../../../../core/region.ts'
import { createLiveCalendar } from '../../../../core/working-days.ts'
import { deadlineOf, deadlinesFor } from '../../../../server/services/policy/deadlines.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region
const ctx = { decisions: tableDecisions(), calendar: createLiveCalendar(calendarYears) }
const dueDates = async (channel: string, matters: readonly string[], acceptedAt: string | number) =>
  (await deadlinesFor(ctx, region, channel, matters, acceptedAt)).map(({ dueDate }) => dueDate)

describe('deadlines', () => {
  it('are those of the channel, the platform counting as online', async () => {
    expect(await dueDates('online', ['archive-transfer', 'resident-pension', 'social-security-card'], '2026-09-24'))
      .to.deep.equal(['2026-09-29', '2026-09-30', '2026-10-09'])
    expect(await dueDates('platform', ['resident-pension'], '2026-09-24')).to.deep.equal(['2026-09-30'])
    expect(await dueDates('window', ['resident-pension'], '2026-09-29')).to.deep.equal(['2026-10-15'])
  })

  it('put an immediate item on the same day, or on the next working day after a free one', async () => {
    expect(await dueDates('online', ['flexible-pension'], '2026-09-24')).to.deep.equal(['2026-09-24'])
    expect(await dueDates('online', ['flexible-pension'], '2026-10-01')).to.deep.equal(['2026-10-08'])
  })

  it('take an instant in place of a date', async () => {
    expect(await dueDates('online', ['flexible-pension'], Date.parse('2026-09-24T01:00:00+08:00'))).to.deep.equal(['2026-09-24'])
  })

  it('are provisional where the count runs into an unpublished year', async () => {
    const [deadline] = await deadlinesFor(ctx, region, 'window', ['resident-pension'], '2026-12-30')
    expect(deadline).to.include({ isProvisional: true, kind: 'promised', promisedWorkingDays: 8, statutoryWorkingDays: null })
  })

  it('carry their rule and clause', async () => {
    const deadline = await deadlineOf(ctx, region, 'online', 'resident-pension')
    expect(deadline.ruleId).to.equal('deadline-resident-pension-online')
    expect(deadline.clause).to.contain('六（二）2')
  })

  it('fail for a matter without a row', async () => {
    const error = await deadlineOf(ctx, region, 'online', 'something-new').then(() => undefined, (reason: unknown) => reason)
    expect(error).to.have.property('code', 'DECISION_FAILED')
  })
})
