import { expect } from 'chai'
import { bootstrap, growthEstimate, growthExponent, quantile, ratioOfRounds } from '../../../scripts/bench/statistics.ts'
import { interleaved, openLoop, openLoopRefused } from '../../../scripts/bench/load.ts'
import { randomOf } from '../../support/random.ts'

describe('the figures of the bench', () => {
  it('have quantiles by nearest rank', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect([0.5, 0.95, 0.99, 1].map(share => quantile(samples, share))).to.deep.equal([50, 95, 99, 100])
    expect(quantile([], 0.95)).to.be.NaN
  })

  it('give a ratio an interval that is the same for the same seed and holds the ratio', () => {
    const ratio = (one: readonly number[], other: readonly number[]) => quantile(one, 0.5) / quantile(other, 0.5)
    const [slow, fast] = [[18, 20, 22, 19, 21], [9, 10, 11, 10, 10]]
    const estimate = bootstrap(slow, fast, ratio, randomOf(1))
    expect(estimate).to.deep.equal(bootstrap(slow, fast, ratio, randomOf(1)))
    expect(estimate.value).to.equal(2)
    expect(estimate.low).to.be.within(1.5, 2)
    expect(estimate.high).to.be.within(2, 2.5)
  })

  it('compare the means of a few rounds, with the lowest and the highest of any two', () => {
    const { mean, low, high } = ratioOfRounds([2.4, 2.1], [2, 2.5])
    expect([mean, low, high].map(value => value.toFixed(2))).to.deep.equal(['1.00', '0.84', '1.20'])
  })

  it('find the exponent of a growth', () => {
    const points = (exponent: number) => [1_000, 10_000, 100_000].map(size => ({ size, cost: 3 * size ** exponent }))
    for (const exponent of [0, 0.05, 1]) expect(growthExponent(points(exponent))).to.be.closeTo(exponent, 1e-9)
  })

  it('give the exponent an interval from the rounds of each size', () => {
    const steps = [1_000, 10_000, 100_000].map(size => ({ size, costs: [0.9, 1, 1.1].map(factor => factor * size ** 0.3) }))
    const { value, low, high } = growthEstimate(steps, randomOf(1))
    expect(value).to.be.closeTo(0.3, 1e-9)
    expect(low).to.be.within(0.27, 0.3)
    expect(high).to.be.within(0.3, 0.33)
  })

  it('come from arms in the order A-B-B-A', async () => {
    const order: string[] = []
    const arm = (name: string) => ({ name, run: async () => { order.push(name) } })
    const samples = await interleaved(arm('A'), arm('B'), { atMost: 1, blockMs: 1000, rounds: 2 })
    expect(order.join('')).to.equal('ABBAABBA')
    expect(Object.values(samples).map(({ length }) => length)).to.deep.equal([4, 4])
  })

  it('count what waited behind a slow call as slow', async () => {
    let free = Promise.resolve()
    const delays = await openLoop(1000, 10, () => (free = free.then(() => new Promise(resolve => setTimeout(resolve, 20)))))
    expect(delays.at(-1)).to.be.above(100)
  })

  it('count refusals apart, and end with what is none', async () => {
    const work = async (index: number) => { if (index % 3 === 0) throw new Error(index === 9 ? 'broken' : 'busy') }
    const isRefusal = (error: unknown) => (error as Error).message === 'busy'
    const { times, refused } = await openLoopRefused(1000, 8, work, isRefusal)
    expect([times.length, refused]).to.deep.equal([5, 3])
    const error = await openLoopRefused(1000, 12, work, isRefusal).then(() => undefined, (cause: unknown) => cause)
    expect(error).to.have.property('message', 'broken')
  })
})
