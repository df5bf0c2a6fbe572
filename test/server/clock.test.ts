import { expect } from 'chai'
import { createBusinessClock } from '../../server/clock.ts'

describe('clock', () => {
  const real = () => Date.parse('2026-11-23T04:00:00Z')

  it('runs with real time when nothing is set', () => {
    const clock = createBusinessClock({ now: '', real })
    expect([clock.now(), clock.offset, clock.today()]).to.deep.equal([real(), 0, '2026-11-23'])
  })

  it('goes on from NOW instead of standing still', () => {
    let now = real()
    const clock = createBusinessClock({ now: '2026-03-24T23:30:00+08:00', real: () => now })
    expect(clock.today()).to.equal('2026-03-24')
    now += 3_600_000
    expect(clock.today()).to.equal('2026-03-25')
    expect(clock.realNow()).to.equal(now)
  })

  it('is set anew, by instant or by offset', () => {
    const clock = createBusinessClock({ real })
    clock.set('2026-12-31T16:00:00Z')
    expect(clock.today()).to.equal('2027-01-01')
    clock.setOffset(0)
    expect(clock.now()).to.equal(real())
  })

  it('takes no nonsense', () => {
    expect(() => createBusinessClock({ now: 'tomorrow' })).to.throw(RangeError)
    expect(() => createBusinessClock({}).set('')).to.throw(RangeError)
  })
})
