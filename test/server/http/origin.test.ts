import { request as httpRequest } from 'node:http'
import { expect } from 'chai'
import { startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

interface Reply { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly body: string }

describe('http/origin', () => {
  let server: PublicServer

  before(async () => { server = await startPublicServer({ env: { PUBLIC_URL: 'https://one.example' } }) })
  after(() => server.stop())

  // fetch sets Host, Origin and Sec-Fetch-Site itself.
  const send = (method: string, path: string, headers: Record<string, string> = {}): Promise<Reply> => new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    httpRequest({ hostname, port, method, path, headers }, response => {
      let body = ''
      response.on('data', chunk => { body += String(chunk) })
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }))
    }).on('error', reject).end()
  })

  it('redirects pages asked for under another host to the public address, path kept', async () => {
    const reply = await send('GET', '/guide?x=1', { host: 'evil.example' })
    expect([reply.status, reply.headers.location]).to.deep.equal([308, 'https://one.example/guide?x=1'])
    expect((await send('GET', '//evil.example/x', { host: 'evil.example' })).headers.location).to.equal('https://one.example/evil.example/x')
  })

  it('refuses the interface under another host, but not the probes', async () => {
    expect((await send('GET', '/api/v1/regions', { host: 'evil.example' })).status).to.equal(403)
    expect((await send('POST', '/', { host: 'evil.example' })).status).to.equal(403)
    expect((await send('GET', '/healthz', { host: 'probe.internal' })).status).to.equal(200)
  })

  it('answers under the public host and under loopback with its own port', async () => {
    const port = new URL(server.url).port
    for (const host of ['one.example', `localhost:${port}`, `127.0.0.1:${port}`]) {
      expect((await send('GET', '/api/v1/regions', { host })).status, host).to.equal(200)
    }
    expect((await send('GET', '/api/v1/regions', { host: 'localhost:1' })).status).to.equal(403)
  })

  it('refuses what another site makes a browser send', async () => {
    const host = 'one.example'
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'http://localhost:1' }
    ]
    for (const headers of foreign) {
      const reply = await send('POST', '/api/v1/auth/logout', { host, ...headers })
      expect([reply.status, JSON.parse(reply.body).code], JSON.stringify(headers)).to.deep.equal([403, 'CROSS_SITE_REQUEST'])
    }
    const own: Record<string, string>[] = [{}, { origin: 'https://one.example', 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }]
    for (const headers of own) expect((await send('POST', '/api/v1/auth/logout', { host, ...headers })).status).to.equal(204)
    expect((await send('GET', '/api/v1/auth/logout', { host, 'sec-fetch-site': 'cross-site' })).status).to.equal(403)
  })

  it('sends a strict policy with everything', async () => {
    const { headers } = await send('GET', '/api/v1/regions', { host: 'one.example' })
    const policy = String(headers['content-security-policy'])
    expect(policy).to.contain("script-src 'self'").and.not.to.match(/unsafe-(inline|eval)/)
    expect(policy).to.contain("frame-ancestors 'none'")
    expect(headers).to.include({
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store'
    })
    expect(headers['strict-transport-security']).to.contain('max-age=')
    expect(headers).not.to.have.property('x-powered-by')
  })
})
