import { expect } from 'chai'
import { addDays, ageOn, dayOfWeek, endOfDay, formatInstant, instantOf, isDate, NEVER, shanghaiDate, shanghaiTime, startOfDay } from '../../core/dates.ts'
import { inTimeZones } from '../support/time-zones.ts'

describe('core/dates', () => {
  inTimeZones(zone => {
    it(`counts days of Asia/Shanghai (process in ${zone})`, () => {
      const lastOfDay = Date.parse('2026-03-23T15:59:59.999Z')
      expect(shanghaiDate(lastOfDay)).to.equal('2026-03-23')
      expect(shanghaiDate(lastOfDay + 1)).to.equal('2026-03-24')
      expect(endOfDay('2026-03-23')).to.equal(lastOfDay)
      expect(startOfDay('2026-03-24')).to.equal(lastOfDay + 1)
      expect(shanghaiTime(lastOfDay)).to.equal('23:59')
      expect(instantOf('2026-03-24', '09:30')).to.equal(Date.parse('2026-03-24T01:30:00Z'))
      expect(formatInstant(lastOfDay + 1)).to.equal('2026-03-24T00:00:00.000+08:00')
      expect(Date.parse(formatInstant(123456789))).to.equal(123456789)
    })

    it(`adds days over months, years and leap days (process in ${zone})`, () => {
      expect(addDays('2026-12-31', 1)).to.equal('2027-01-01')
      expect(addDays('2028-02-28', 1)).to.equal('2028-02-29')
      expect(addDays('2026-03-01', -1)).to.equal('2026-02-28')
      expect(dayOfWeek('2026-11-22')).to.equal(0)
      expect(dayOfWeek('2026-11-28')).to.equal(6)
    })
  })

  it('knows real dates', () => {
    for (const good of ['2026-02-28', '2028-02-29', '1949-12-31']) expect(isDate(good), good).to.equal(true)
    for (const bad of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '2026-01-01T00:00', '', undefined, 20260101]) {
      expect(isDate(bad), String(bad)).to.equal(false)
    }
  })

  it('counts full years of age', () => {
    expect(ageOn('2026-11-23', '2010-11-23')).to.equal(16)
    expect(ageOn('2026-11-22', '2010-11-23')).to.equal(15)
    expect(ageOn('2027-02-28', '2008-02-29')).to.equal(18)
    expect(ageOn('2027-03-01', '2008-02-29')).to.equal(19)
  })

  it('has a date that never comes', () => {
    expect(new Date(NEVER).toISOString()).to.match(/^9999-12-31/)
  })
})
