import { expect } from 'chai'
import { startPublicServer } from '../../support/public-server.ts'

describe('http/trace', () => {
  it('keeps a plausible request id and replaces any other', async () => {
    const server = await startPublicServer()
    const id = async (header: string) =>
      (await fetch(`${server.url}/healthz`, { headers: { 'x-request-id': header } })).headers.get('x-request-id')
    expect(await id('caller-id-0001')).to.equal('caller-id-0001')
    expect(await id('<script>alert(1)</script>')).to.match(/^[0-9a-f-]{36}$/)
    await server.stop()
  })
})
