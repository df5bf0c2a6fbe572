import { expect } from 'chai'
import { createFaults } from '../../../departments/common/faults.ts'

describe('the list of faults', () => {
  it('strikes only the kind it names, as often as it counts', () => {
    const faults = createFaults()
    faults.replace([{ mode: 'error', kind: 'card-order', count: 2 }])
    expect(faults.strike('archive-dispatch').fault).to.equal(undefined)
    expect(faults.strike('card-order').fault?.mode).to.equal('error')
    expect(faults.list()).to.deep.equal([{ mode: 'error', kind: 'card-order', count: 1 }])
    faults.strike('card-order')
    expect(faults.strike('card-order').fault).to.equal(undefined)
    expect(faults.list()).to.deep.equal([])
  })

  it('strikes only the person it names, and leaves everybody\'s questions alone', () => {
    const faults = createFaults()
    faults.replace([{ mode: 'error', idNumber: '450103199008160244' }])
    expect(faults.strike('card-order', '450103199008160244').fault?.mode).to.equal('error')
    expect(faults.strike('card-order', '450103199008160245').fault).to.equal(undefined)
    expect(faults.strike('card-order').fault).to.equal(undefined)
    expect(faults.outage()).to.equal(undefined)
  })

  it('without a count strikes until it is cleared', () => {
    const faults = createFaults()
    faults.replace([{ mode: 'refuse', count: null }])
    for (let time = 0; time < 5; time++) expect(faults.strike('parcel').fault?.mode).to.equal('refuse')
    faults.replace([])
    expect(faults.strike('parcel').fault).to.equal(undefined)
  })

  it('adds a delay to another fault', () => {
    const faults = createFaults()
    faults.replace([{ mode: 'delay', delayMs: 30 }, { mode: 'malformed' }])
    const { delayMs, fault } = faults.strike('parcel')
    expect([delayMs, fault?.mode]).to.deep.equal([30, 'malformed'])
  })

  it('ends at the instant it names', () => {
    let now = Date.parse('2026-03-24T01:00:00Z')
    const faults = createFaults(() => now)
    faults.replace([{ mode: 'maintenance', until: '2026-03-24T09:05:00+08:00' }])
    expect(faults.outage()?.mode).to.equal('maintenance')
    now += 5 * 60_000
    expect(faults.outage()).to.equal(undefined)
    expect(faults.list()).to.deep.equal([])
  })

  it('takes the whole department away only when it names no kind', () => {
    const faults = createFaults()
    faults.replace([{ mode: 'error', kind: 'parcel' }, { mode: 'malformed' }])
    expect(faults.outage()).to.equal(undefined)
  })
})
