import { expect } from 'chai'
import { calendarYears } from '../../core/calendar/index.ts'
import { endOfDay, instantOf, NEVER } from '../../core/dates.ts'
import { computeClock, remainingWorkingDays, slaColour } from '../../core/legal-clock.ts'
import type { ClockInput, Deadline, Stop } from '../../core/legal-clock.ts'
import { createCalendar } from '../../core/working-days.ts'
import { inTimeZones } from '../support/time-zones.ts'

const calendar = createCalendar(calendarYears)
const officeHours = { start: '09:00', end: '17:00', enabled: false }
const thresholds = { warnRemainingWorkingDays: 1, redWorkingDaysPastPromise: 1 }
const immediate: Deadline = { kind: 'immediate', promisedWorkingDays: 0, statutoryWorkingDays: null }
const promised = (days: number, statutory: number | null = null): Deadline =>
  ({ kind: 'promised', promisedWorkingDays: days, statutoryWorkingDays: statutory })

function clock(date: string, time: string, deadline: Deadline, more: Partial<ClockInput> = {}) {
  return computeClock({ acceptedAt: instantOf(date, time), deadline, calendar, officeHours, thresholds, ...more })
}
const stop = (startedOn: string, endedOn: string | null, kind: Stop['kind'] = 'special'): Stop => ({ kind, startedOn, endedOn })

describe('core/legal-clock', () => {
  inTimeZones(zone => {
    it(`counts a promise over holidays and made-up weekends (process in ${zone})`, () => {
      const cases: [string, number, string][] = [
        ['2026-06-18', 3, '2026-06-24'], ['2026-06-12', 8, '2026-06-25'], ['2026-09-29', 5, '2026-10-12'],
      ['2026-02-13', 2, '2026-02-24'],
        ['2026-05-08', 1, '2026-05-09'], ['2026-11-21', 3, '2026-11-25']
      ]
      for (const [from, days, due] of cases) {
        const result = clock(from, '23:59', promised(days))
        expect(result, from).to.deep.include({
          acceptedOn: from, promisedDueDate: due, promisedAt: endOfDay(due), isProvisional: false
        })
        expect(result.countedDays.filter(day => day.counted)).to.have.length(days)
        expect(result.countedDays.at(-1)!.date).to.equal(due)
      }
    })
  })

  it('takes the day of acceptance from Asia/Shanghai', () => {
    expect(computeClock({ acceptedAt: Date.parse('2026-11-23T16:00:00Z'), deadline: promised(1), calendar, officeHours, thresholds }))
      .to.deep.include({ acceptedOn: '2026-11-24', promisedDueDate: '2026-11-25' })
  })

  it('explains each day', () => {
    expect(clock('2026-09-30', '10:00', promised(2)).countedDays).to.deep.equal([
      { date: '2026-09-30', counted: false, note: '受理当日，不计入' },
      ...[1, 2, 3, 4, 5, 6, 7].map(day => ({ date: `2026-10-0${day}`, counted: false, note: '国庆节放假' })),
      { date: '2026-10-08', counted: true, note: '工作日' },
      { date: '2026-10-09', counted: true, note: '工作日' }
    ])
    expect(clock('2026-10-09', '10:00', promised(1)).countedDays.at(-1)).to.deep.equal({ date: '2026-10-10', counted: true, note: '国庆节调休上班' })
  })

  it('warns at the end of the day after which one working day is left, never before acceptance', () => {
    expect(clock('2026-11-23', '10:00', promised(3)).warnAt).to.equal(endOfDay('2026-11-25'))
    expect(clock('2026-11-26', '10:00', promised(2)).warnAt).to.equal(endOfDay('2026-11-27'))
    expect(clock('2026-11-23', '10:00', promised(1)).warnAt).to.equal(endOfDay('2026-11-23'))
    expect(clock('2026-11-23', '10:00', promised(5), { thresholds: { ...thresholds, warnRemainingWorkingDays: 3 } }).warnAt).to.equal(endOfDay('2026-11-25'))
  })

  it('makes an immediate item due the same day, and warns two hours before', () => {
    const result = clock('2026-11-23', '10:00', immediate)
    expect(result).to.deep.include({
      promisedDueDate: '2026-11-23', promisedAt: endOfDay('2026-11-23'), warnAt: endOfDay('2026-11-23') - 7_200_000, statutoryDueDate: null, redDate: '2026-11-24'
    })
    expect(result.countedDays).to.deep.equal([{ date: '2026-11-23', counted: true, note: '受理当日（即办件）' }])
    expect(clock('2026-11-23', '23:30', immediate).warnAt).to.equal(instantOf('2026-11-23', '23:30'))
  })

  it('moves an immediate item of a free day to the next working day', () => {
    for (const [from, due] of [['2026-11-21', '2026-11-23'], ['2026-10-02', '2026-10-08'], ['2026-05-08', '2026-05-08'], ['2026-05-09', '2026-05-09']] as const) {
      expect(clock(from, '10:00', immediate).promisedDueDate, from).to.equal(due)
    }
  })

  it('moves an immediate item of after hours to the next working day where office hours are enabled', () => {
    const enabled = { officeHours: { ...officeHours, enabled: true } }
    expect(clock('2026-11-27', '16:59', immediate, enabled).promisedDueDate).to.equal('2026-11-27')
    expect(clock('2026-11-27', '17:00', immediate, enabled).promisedDueDate).to.equal('2026-11-30')
    expect(clock('2026-11-27', '17:00', immediate).promisedDueDate).to.equal('2026-11-27')
    expect(clock('2026-11-27', '10:00', immediate, enabled).warnAt).to.equal(instantOf('2026-11-27', '15:00'))
  })

  it('takes red from the statutory limit, else from the days past the promise', () => {
    expect(clock('2026-11-23', '10:00', promised(2, 20))).to.deep.include({ statutoryDueDate: '2026-12-21', redDate: '2026-12-21', redAt: endOfDay('2026-12-21') })
    expect(clock('2026-11-26', '10:00', promised(1))).to.deep.include({ statutoryDueDate: null, redDate: '2026-11-30', redAt: endOfDay('2026-11-30') })
    expect(clock('2026-11-23', '10:00', { ...immediate, statutoryWorkingDays: 1 })).to.deep.include({ promisedDueDate: '2026-11-23', statutoryDueDate: '2026-11-24' })
  })

  it('does not count the days of stops, any number of them', () => {
    const result = clock('2026-11-23', '10:00', promised(3, 4), { stops: [stop('2026-11-24', '2026-11-25'), stop('2026-11-27', '2026-11-30', 'correction')] })
    expect(result.promisedDueDate).to.equal('2026-12-02')
    expect(result.statutoryDueDate).to.equal('2026-12-03')
    expect(result.countedDays.filter(day => day.counted).map(day => day.date)).to.deep.equal(['2026-11-26', '2026-12-01', '2026-12-02'])
    expect(result.countedDays.find(day => day.date === '2026-11-24')!.note).to.equal('特别程序期间，不计入')
    expect(result.countedDays.find(day => day.date === '2026-11-30')!.note).to.equal('等待补正期间，不计入')
  })

  it('knows no due date while a stop is open', () => {
    const result = clock('2026-11-23', '10:00', promised(3, 20), { stops: [stop('2026-11-25', null)] })
    expect(result).to.deep.include({
      promisedDueDate: null, statutoryDueDate: null, redDate: null, isProvisional: false,
      warnAt: NEVER, promisedAt: NEVER, redAt: NEVER
    })
    expect(result.countedDays.at(-1)).to.deep.equal({ date: '2026-11-25', counted: false, note: '特别程序期间，不计入（尚未结束）' })
  })

  it('keeps a due date that was reached before the stop', () => {
    const result = clock('2026-11-23', '10:00', promised(1), { stops: [stop('2026-11-25', null)] })
    expect(result).to.deep.include({ promisedDueDate: '2026-11-24', redDate: null, redAt: NEVER })
  })

  it('moves an immediate item that is stopped on its first day', () => {
    expect(clock('2026-11-23', '10:00', immediate, { stops: [stop('2026-11-23', '2026-11-24')] }).promisedDueDate).to.equal('2026-11-25')
  })

  it('marks dates that run into 2027', () => {
    expect(clock('2026-12-29', '10:00', promised(2)).isProvisional).to.equal(false)
    expect(clock('2026-12-29', '10:00', promised(3))).to.deep.include({ isProvisional: true, promisedDueDate: '2027-01-04' })
    expect(clock('2026-12-29', '10:00', promised(1, 20)).isProvisional).to.equal(true)
    expect(clock('2027-01-04', '10:00', immediate).isProvisional).to.equal(true)
  })

  it('counts what is left and colours it', () => {
    expect(remainingWorkingDays(calendar, '2026-11-27', '2026-11-30')).to.equal(1)
    expect(remainingWorkingDays(calendar, '2026-11-30', '2026-11-30')).to.equal(0)
    expect(remainingWorkingDays(calendar, '2026-12-01', '2026-11-30')).to.equal(-1)
    const dates = { warnAt: 10, promisedAt: 20, redAt: 30 }
    expect([9, 10, 20, 21, 30, 31].map(now => slaColour(now, dates))).to.deep.equal(['green', 'warn', 'warn', 'yellow', 'yellow', 'red'])
  })
})
