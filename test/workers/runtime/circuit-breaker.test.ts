import { expect } from 'chai'
import { CircuitBreaker } from '../../../workers/runtime/circuit-breaker.ts'

describe('circuit breaker', () => {
  let now: number
  let breaker: CircuitBreaker

  beforeEach(() => {
    now = 1_000_000
    breaker = new CircuitBreaker({ threshold: 3, openMs: 2_000, maxOpenMs: 10_000, now: () => now })
  })

  const fail = (times: number) => {
    for (let time = 0; time < times; time++) {
      expect(breaker.enter()).to.equal(0)
      breaker.fail()
    }
  }

  it('opens after failures in a row', () => {
    fail(2)
    expect(breaker.state).to.equal('closed')
    fail(1)
    expect(breaker.state).to.equal('open')
    expect(breaker.enter()).to.equal(2_000)
  })

  it('forgets failures at a success', () => {
    fail(2)
    breaker.succeed()
    fail(2)
    expect(breaker.state).to.equal('closed')
  })

  it('lets one probe through when half open, and everybody after its success', () => {
    fail(3)
    now += 2_000
    expect(breaker.state).to.equal('half-open')
    expect(breaker.enter()).to.equal(0)
    expect(breaker.enter()).to.be.greaterThan(0)
    breaker.succeed()
    expect(breaker.state).to.equal('closed')
    expect(breaker.enter()).to.equal(0)
  })

  it('stays open twice as long after each failed probe, up to its limit', () => {
    fail(3)
    for (const wait of [2_000, 4_000, 8_000, 10_000, 10_000]) {
      expect(breaker.enter()).to.equal(wait)
      now += wait
      fail(1)
    }
  })

  it('opens at once for as long as the department asks', () => {
    breaker.enter()
    breaker.fail(5_000)
    expect(breaker.enter()).to.equal(5_000)
  })

  it('lets another probe through when the first said nothing', () => {
    fail(3)
    now += 2_000
    expect(breaker.enter()).to.equal(0)
    breaker.release()
    expect(breaker.enter()).to.equal(0)
  })

  it('does not stay open for an hour when the clock is set back', () => {
    const breaker = new CircuitBreaker({ threshold: 1, openMs: 1_000 })
    const { now } = Date
    breaker.fail()
    try {
      Date.now = () => now() - 3_600_000
      expect(breaker.enter()).to.be.within(1, 1_000)
    } finally {
      Date.now = now
    }
  })
})
