import { expect } from 'chai'
import { continueTrace } from '../../../server/http/trace.ts'
import { startPublicServer } from '../../support/public-server.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'

describe('http/trace', () => {
  it('continues a caller\'s trace with a span of its own', () => {
    const next = continueTrace(`00-${TRACE}-b7ad6b7169203331-01`)
    expect(next).to.match(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`)).and.not.to.contain('b7ad6b7169203331')
  })

  it('begins a new one when there is none or a broken one', () => {
    for (const header of [undefined, '', 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `ff-${TRACE}-b7ad6b7169203331-01`]) {
      const trace = continueTrace(header)
      expect(trace, String(header)).to.match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
      expect(trace).not.to.contain(TRACE)
    }
  })

  it('keeps a plausible request id and replaces any other', async () => {
    const server = await startPublicServer()
    const id = async (header: string) =>
      (await fetch(`${server.url}/healthz`, { headers: { 'x-request-id': header } })).headers.get('x-request-id')
    expect(await id('caller-id-0001')).to.equal('caller-id-0001')
    expect(await id('<script>alert(1)</script>')).to.match(/^[0-9a-f-]{36}$/)
    await server.stop()
  })
})
