import { expect } from 'chai'
import { Bulkhead } from '../../../workers/runtime/bulkhead.ts'

describe('bulkhead', () => {
  it('lets as many through as it has places, the others in order', async () => {
    const bulkhead = new Bulkhead(2)
    const order: number[] = []
    const gates: (() => void)[] = []
    const work = (id: number) => bulkhead.run(async () => {
      order.push(id)
      await new Promise<void>(resolve => gates.push(resolve))
    })
    const all = [1, 2, 3, 4].map(work)
    await Promise.resolve()
    expect(order).to.deep.equal([1, 2])
    gates.shift()!()
    await all[0]
    expect(order).to.deep.equal([1, 2, 3])
    expect(bulkhead.running).to.equal(2)
    while (order.length < 4 || gates.length) {
      gates.shift()?.()
      await new Promise(resolve => setImmediate(resolve))
    }
    await Promise.all(all)
    expect(bulkhead.running).to.equal(0)
  })

  it('frees the place of work that fails', async () => {
    const bulkhead = new Bulkhead(1)
    const failure = await bulkhead.run(() => Promise.reject(new Error('no'))).catch((error: Error) => error.message)
    expect(failure).to.equal('no')
    expect(await bulkhead.run(async () => 'yes')).to.equal('yes')
  })
})
