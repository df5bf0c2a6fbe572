import { expect } from 'chai'
import { lookAgain } from '../../../../web/src/apply/cases/look-again.ts'

const refused = (status: number) => Object.assign(new Error('refused'), { status })

describe('apply/look-again', () => {
  it('reads an open case again, also while the server is away', () => {
    expect(lookAgain({ data: { status: 'processing' }, error: null })).to.equal(5000)
    expect(lookAgain({ data: undefined, error: refused(0) })).to.equal(5000)
    expect(lookAgain({ data: { status: 'processing' }, error: refused(503) })).to.equal(5000)
  })

  it('stops when the case is closed, or nobody is logged in any more', () => {
    for (const status of ['completed', 'withdrawn', 'not-accepted']) expect(lookAgain({ data: { status }, error: null })).to.equal(false)
    expect(lookAgain({ data: { status: 'processing' }, error: refused(401) })).to.equal(false)
  })
})
