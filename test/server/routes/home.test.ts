import { expect } from 'chai'
import { noConflicts, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

describe('routes/home', () => {
  let server: PublicServer

  before(async () => { server = await startPublicServer({ decisions: noConflicts }) })
  after(() => server.stop())

  it('lists each region with its matters, and leads to the faces', async () => {
    const response = await fetch(`${server.url}/`)
    const text = await response.text()
    expect(response.headers.get('content-type')).to.contain('text/html')
    for (const region of server.ctx.regions.all()) {
      expect(text).to.contain(region.name)
      for (const { title } of region.matters) expect(text).to.contain(title)
    }
    for (const face of ['/apply', '/apply/lookup', '/desk', '/oversight', '/studio']) expect(text).to.contain(`href="${face}"`)
  })

  it('has its style in a file of its own, as the content security policy wants', async () => {
    const response = await fetch(`${server.url}/page.css`)
    expect([response.status, response.headers.get('content-type')?.split(';')[0]]).to.deep.equal([200, 'text/css'])
  })
})
