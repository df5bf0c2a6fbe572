import { expect } from 'chai'
import { attemptOf, backoff, MAX_ATTEMPTS, pause, pollPause } from '../../../workers/runtime/backoff.ts'

describe('backoff', () => {
  it('doubles from one second', () => {
    expect([1, 2, 3, 4].map(attempt => backoff(attempt, () => 0.5))).to.deep.equal([1000, 2000, 4000, 8000])
  })

  it('strays by a fifth to either side', () => {
    expect(backoff(1, () => 0)).to.equal(800)
    expect(backoff(1, () => 1)).to.equal(1200)
  })

  it('ends at a quarter of an hour', () => {
    expect(backoff(60, () => 0.5)).to.equal(15 * 60_000)
  })

  it('counts attempts from the engine\'s counter', () => {
    expect(attemptOf(null)).to.equal(1)
    expect(attemptOf(MAX_ATTEMPTS - 1)).to.equal(2)
    expect(attemptOf(1)).to.equal(MAX_ATTEMPTS)
    expect(attemptOf(MAX_ATTEMPTS + 5)).to.equal(1)
  })

  it('polls at once while the engine is well, ever less often while it is not', () => {
    expect(pollPause(0, () => 1)).to.equal(0)
    expect([1, 2, 3].map(errors => pollPause(errors, () => 1))).to.deep.equal([100, 200, 400])
    expect(pollPause(50, () => 1)).to.equal(10_000)
  })

  it('ends a pause at the signal', async () => {
    const over = new AbortController()
    const waiting = pause(60_000, over.signal)
    over.abort()
    await waiting
    await pause(60_000, over.signal)
  })
})
