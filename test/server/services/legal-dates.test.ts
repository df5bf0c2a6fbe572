import { expect } from 'chai'
import { calendarYears } from '../../../core/calendar/index.ts'
import { createCalendar } from '../../../core/working-days.ts'
import type { ClockInterval } from '../../../server/db/clock-intervals.ts'
import { roundOf, stopsOf } from '../../../server/db/clock-intervals.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { beganAt, clockFrom, dateColumns, promisedTo } from '../../../server/services/legal-dates.ts'

const calendar = createCalendar(calendarYears)
const region = createRegionCatalogue().get('guangxi')
const accepted = Date.parse('2026-03-24T10:00:00+08:00')
const deadline = { kind: 'promised', promisedWorkingDays: 3, statutoryWorkingDays: null } as const
const interval = (kind: ClockInterval['kind'], started_on: string, ended_on: string | null): ClockInterval =>
  ({ id: `${kind}-${started_on}`, subject_id: 's', kind, started_on, ended_on, reason: null })

/** As an item has them that was accepted before the promised days were kept. */
const old = (columns: object) => ({ ...columns, promised_days: null, statutory_days: null }) as never

describe('services/legal-dates', () => {
  it('reads a promise back from the stored dates, through any number of corrections', () => {
    let intervals: ClockInterval[] = [interval('running', '2026-03-24', null)]
    let columns = dateColumns(deadline, clockFrom({ region, calendar }, deadline, accepted, intervals))
    expect(columns.promised_due).to.equal('2026-03-27')
    for (const [from, to] of [['2026-03-25', '2026-03-30'], ['2026-03-31', '2026-03-31'], ['2026-04-03', '2026-04-08']] as const) {
      const open = [...intervals, interval('correction', from, null)]
      expect(promisedTo(calendar, old(columns), '2026-03-24', open)).to.deep.equal(deadline)
      intervals = [...intervals, interval('correction', from, to)]
      columns = dateColumns(deadline, clockFrom({ region, calendar }, deadline, accepted, intervals))
      expect(promisedTo(calendar, old(columns), '2026-03-24', intervals), to).to.deep.equal(deadline)
    }
    // 1 and 2 April counted, 3 to 8 April stopped (with 清明 inside), the third day is the 9th.
    expect(columns.promised_due).to.equal('2026-04-09')
  })

  it('keeps a promise whatever the calendar becomes', () => {
    const columns = dateColumns({ ...deadline, statutoryWorkingDays: 20 }, clockFrom({ region, calendar }, deadline, accepted))
    expect(promisedTo(createCalendar([]), columns as never, '2026-03-24', [])).to.deep.equal({ ...deadline, statutoryWorkingDays: 20 })
  })

  it('takes the hours of the division, else of the region', () => {
    const late = Date.parse('2026-03-24T16:30:00+08:00')
    const immediate = { kind: 'immediate', promisedWorkingDays: 0, statutoryWorkingDays: null } as const
    const own = { ...region, divisions: [{ code: '450103', name: '青秀区', officeHours: { start: '08:30', end: '16:00', enabled: true } }] }
    const due = (division: string) => clockFrom({ region: own, calendar, division }, immediate, late).promisedDueDate
    expect([due('450103'), due('450200')]).to.deep.equal(['2026-03-25', '2026-03-24'])
  })

  it('keeps an immediate item\'s promise as it is', () => {
    const immediate = { kind: 'immediate', promisedWorkingDays: 0, statutoryWorkingDays: null } as const
    const columns = dateColumns(immediate, clockFrom({ region, calendar }, immediate, accepted))
    expect(columns).to.include({ promised_due: '2026-03-24', deadline_kind: 'immediate' })
    expect(promisedTo(calendar, old(columns), '2026-03-24', [])).to.deep.equal(immediate)
  })

  it('begins with the instant of acceptance on its own day, else with the day', () => {
    expect(beganAt([interval('running', '2026-03-24', null)], accepted, '2026-03-24')).to.equal(accepted)
    expect(beganAt([interval('running', '2026-03-26', null)], accepted, '2026-03-24')).to.equal(Date.parse('2026-03-26T00:00:00+08:00'))
    expect(beganAt([], accepted, '2026-03-24')).to.equal(accepted)
  })

  it('counts a round for each correction that was handed in', () => {
    const intervals = [interval('running', '2026-03-24', '2026-03-25'), interval('correction', '2026-03-25', '2026-03-26'), interval('correction', '2026-03-27', null)]
    expect(roundOf(intervals)).to.equal(2)
    expect(stopsOf(intervals)).to.deep.equal([
      { kind: 'correction', startedOn: '2026-03-25', endedOn: '2026-03-26' }, { kind: 'correction', startedOn: '2026-03-27', endedOn: null }
    ])
  })
})
