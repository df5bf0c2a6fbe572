import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { withYear } from '../../core/calendar/arrangement.ts'
import { calendarYears } from '../../core/calendar/index.ts'
import { addDays, instantOf } from '../../core/dates.ts'
import { computeClock, slaColour } from '../../core/legal-clock.ts'
import type { LegalClock, Stop, StopKind } from '../../core/legal-clock.ts'
import { createCalendar } from '../../core/working-days.ts'
import { published2027 } from '../server/support/calendar-2027.ts'
import { inTimeZones } from '../support/time-zones.ts'
import { oracleCount, oracleDates } from './clock-oracle.ts'
import type { OracleCase } from './clock-oracle.ts'

const KINDS: Readonly<Record<string, StopKind>> = { 补正: 'correction', 特别程序: 'special', 等待其他部门: 'waiting', 系统故障: 'outage' }

/** The golden table: what a lawyer would count out by hand, in the words of the notice. */
const [, ...lines] = readFileSync(new URL('legal-clock-cases.csv', import.meta.url), 'utf8').trim().split('\n')
const cases = lines.map(line => {
  const [id, title, at, kind, days, statutory, closing, stops, of2027, promised, lawful, red, provisional, feedback, state] = line.split(',')
  return {
    name: `${id} ${title}`,
    input: {
      at: at!, isImmediate: kind === '即办', days: Number(days), statutory: statutory ? Number(statutory) : null, closing: closing || null,
      stops: (stops ? stops.split('；') : []).map(readStop), is2027Published: of2027 === '公布'
    },
    dates: { promised: promised || null, statutory: lawful || null, red: red || null },
    isProvisional: provisional === '是', feedback, state
  }
})

function readStop(text: string) {
  const [, kind, from, to] = /^(\S+) (\S{10})至(\S*)$/.exec(text)!
  return { kind: KINDS[kind!]!, from: from!, to: to || null }
}

const calendars = [calendarYears, withYear(calendarYears, { ...published2027, status: 'published' })].map(createCalendar)

interface Input extends Omit<OracleCase, 'stops'> { readonly stops: readonly { kind: StopKind; from: string; to: string | null }[] }

function clock({ at, isImmediate, days, statutory, closing, stops, is2027Published }: Input): LegalClock {
  return computeClock({
    acceptedAt: Date.parse(`${at.replace(' ', 'T')}+08:00`), calendar: calendars[Number(is2027Published)]!,
    deadline: { kind: isImmediate ? 'immediate' : 'promised', promisedWorkingDays: days, statutoryWorkingDays: statutory },
    officeHours: { start: '09:00', end: closing ?? '18:00', enabled: closing !== null },
    thresholds: { warnRemainingWorkingDays: 1, redWorkingDaysPastPromise: 1 },
    stops: stops.map(({ kind, from, to }): Stop => ({ kind, startedOn: from, endedOn: to }))
  })
}
const datesOf = ({ promisedDueDate, statutoryDueDate, redDate }: LegalClock) =>
  ({ promised: promisedDueDate, statutory: statutoryDueDate, red: redDate })

describe('the golden table of the legal clock', () => {
  it('has at least 120 cases, each named once', () => {
    expect(cases.length).to.be.at.least(120)
    expect(new Set(cases.map(({ name }) => name)).size).to.equal(cases.length)
  })

  inTimeZones(zone => {
    it(`is what the clock computes (process in ${zone})`, () => {
      for (const { name, input, dates, isProvisional, feedback, state } of cases) {
        const computed = clock(input)
        expect(datesOf(computed), name).to.deep.equal(dates)
        expect(computed.isProvisional, `${name}：暂定`).to.equal(isProvisional)
        if (!feedback) continue
        const colour = slaColour(Date.parse(`${feedback.replace(' ', 'T')}+08:00`), computed)
        expect({ green: '期限内', warn: '期限内', yellow: '黄牌', red: '红牌' }[colour], name).to.equal(state)
      }
    })
  })

  it('is what the notices say, counted by another way', () => {
    for (const { name, input, dates } of cases) expect(oracleDates(input), name).to.deep.equal(dates)
  })
})

describe('any legal clock', () => {
  const date = fc.integer({ min: 0, max: 700 }).map(days => addDays('2025-01-02', days))
  const stop = fc.record({ kind: fc.constantFrom<StopKind>('correction', 'special', 'waiting', 'outage'), from: date, length: fc.integer({ min: 0, max: 25 }) })
    .map(({ kind, from, length }) => ({ kind, from, to: addDays(from, length) }))
  const input: fc.Arbitrary<Input> = fc.record({
    at: fc.tuple(date, fc.constantFrom('00:00:00', '09:30:00', '17:59:00', '18:01:00', '23:59:59')).map(([day, time]) => `${day} ${time}`),
    isImmediate: fc.boolean(), days: fc.integer({ min: 0, max: 20 }), statutory: fc.option(fc.integer({ min: 0, max: 40 })),
    closing: fc.constantFrom(null, '18:00'), stops: fc.array(stop, { maxLength: 4 }), is2027Published: fc.boolean()
  })
  const holds = (property: (one: Input) => void): void => fc.assert(fc.property(input, one => { property(one) }), { numRuns: 300, seed: 20260323 })

  it('is what the other way finds', () => {
    holds(one => expect(datesOf(clock(one))).to.deep.equal(oracleDates(one)))
  })

  it('is never due earlier when accepted a day later, or when more days were promised', () => {
    holds(one => {
      const later = { ...one, at: `${addDays(one.at.slice(0, 10), 1)}${one.at.slice(10)}` }
      expect(clock(later).promisedDueDate! >= clock(one).promisedDueDate!).to.equal(true)
      expect(clock({ ...one, days: one.days + 1 }).promisedDueDate! >= clock(one).promisedDueDate!).to.equal(true)
    })
  })

  it('is never due earlier for one more stop, nor for a longer one', () => {
    fc.assert(fc.property(input, stop, fc.integer({ min: 1, max: 9 }), (one, extra, days) => {
      const before = clock(one)
      const stopped = clock({ ...one, stops: [...one.stops, extra] })
      const longer = clock({ ...one, stops: [...one.stops, { ...extra, to: addDays(extra.to, days) }] })
      for (const [less, more] of [[before, stopped], [stopped, longer]] as const) {
        expect(more.promisedDueDate! >= less.promisedDueDate!).to.equal(true)
        expect(more.redDate! >= less.redDate!).to.equal(true)
      }
    }), { numRuns: 300, seed: 20260323 })
  })

  it('divides its days into those that count, which are as many as were promised, and those that do not', () => {
    holds(one => {
      const { countedDays, acceptedOn, promisedDueDate } = clock({ ...one, isImmediate: false })
      const span = (instantOf(promisedDueDate!, '00:00') - instantOf(acceptedOn, '00:00')) / 86_400_000
      const counted = countedDays.filter(day => day.counted)
      expect([countedDays.length, counted.length]).to.deep.equal([span + 1, one.days])
      const stopped = countedDays.slice(1).filter(day => !day.counted && calendars[Number(one.is2027Published)]!.isWorkday(day.date))
      if (promisedDueDate! < '2027-01-01') expect(counted.length + stopped.length).to.equal(oracleCount(acceptedOn, promisedDueDate!))
      for (const { date: day } of stopped) expect(one.stops.some(({ from, to }) => from <= day && day <= to!)).to.equal(true)
    })
  })
})
