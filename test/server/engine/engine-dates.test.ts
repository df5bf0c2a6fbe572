import { expect } from 'chai'
import { NEVER } from '../../../core/dates.ts'
import { fromEngineDate, parseEngineDate, toEngineDate } from '../../../server/engine/engine-dates.ts'

const DAY = 86_400_000

describe('engine/engine-dates', () => {
  it('writes the only form the engine reads, in its own time', () => {
    expect(toEngineDate(Date.parse('2026-03-27T23:59:59.999+08:00'), 0)).to.equal('2026-03-27T15:59:59.999+0000')
    expect(toEngineDate(Date.parse('2026-03-27T00:00:00Z'), 2 * DAY)).to.equal('2026-03-25T00:00:00.000+0000')
  })

  it('reads it back into business time, whatever the zone of the text', () => {
    expect(fromEngineDate('2026-03-25T00:00:00.000+0000', 2 * DAY)).to.equal(Date.parse('2026-03-27T00:00:00Z'))
    expect(fromEngineDate('2026-03-25T08:00:00.123+0800', 0)).to.equal(Date.parse('2026-03-25T00:00:00.123Z'))
    expect(parseEngineDate('2026-03-25T00:00:00.000+0000')).to.equal(Date.parse('2026-03-25T00:00:00Z'))
  })

  it('leaves "never" where it is', () => {
    const never = toEngineDate(NEVER, 5 * DAY)
    expect(never).to.equal('9999-12-31T00:00:00.000+0000')
    expect(fromEngineDate(never, 5 * DAY)).to.equal(NEVER)
  })

  it('refuses other forms', () => {
    for (const text of ['2026-03-25T00:00:00Z', '2026-03-25', '', 'x', '2026-13-25T00:00:00.000+0000']) {
      expect(() => parseEngineDate(text), text).to.throw(RangeError)
    }
  })
})
