import { expect } from 'chai'
import { childTraceparent, newTraceparent, readTraceparent } from '../../core/traceparent.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'

describe('core/traceparent', () => {
  it('continues a trace with a span of its own, and its word whether it is sampled', () => {
    expect(childTraceparent(`00-${TRACE}-${SPAN}-01`)).to.match(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`)).and.not.to.contain(SPAN)
    expect(readTraceparent(childTraceparent(`00-${TRACE}-${SPAN}-00`))).to.deep.include({ traceId: TRACE, isSampled: false })
  })

  it('begins a new one when there is none or a broken one', () => {
    for (const text of [undefined, null, '', 'nonsense', `00-${'0'.repeat(32)}-${SPAN}-01`, `00-${TRACE}-${'0'.repeat(16)}-01`, `ff-${TRACE}-${SPAN}-01`]) {
      expect(readTraceparent(text), String(text)).to.equal(undefined)
      expect(childTraceparent(text), String(text)).to.match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/).and.not.to.contain(TRACE)
    }
    expect(newTraceparent()).to.not.equal(newTraceparent())
  })
})
