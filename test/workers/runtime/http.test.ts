import { expect } from 'chai'
import { gzipSync } from 'node:zlib'
import type { TransportError } from '../../../workers/runtime/http.ts';
import { createHttp, isJson, jsonOf, retryAfterMs } from '../../../workers/runtime/http.ts'
import { createTcpProxy } from '../../support/tcp-proxy.ts'
import { sendJson, withServer } from '../fake-server.ts'

/** Whoever shall give up says how soon; the others are patient, so that a machine with other work is not taken for silence. */
const options = (baseUrl: string, timeoutMs = 15_000) => ({ baseUrl, maxSockets: 2, timeoutMs, maxBytes: 1000 })
const failure = (promise: Promise<unknown>) => promise.then(() => expect.fail('an answer came'), (error: TransportError) => error)

describe('http', () => {
  it('sends JSON and hands back any status', () => withServer(
    ({ body }, response) => sendJson(response, 422, { got: body }),
    async ({ url, received }) => {
      const http = createHttp({ ...options(url), headers: { 'x-own': '1' } })
      const answer = await http.request('POST', '/path', { body: { a: 1 }, headers: { 'x-more': '2' } })
      expect(answer.status).to.equal(422)
      expect(jsonOf(answer)).to.deep.equal({ got: { a: 1 } })
      expect(received[0]!.headers).to.include({ 'x-own': '1', 'x-more': '2', 'content-type': 'application/json' })
      http.close()
    }))

  it('keeps its connections, and never more than it may', async () => {
    let open = 0
    let most = 0
    await withServer(async (_, response) => {
      most = Math.max(most, ++open)
      await new Promise(resolve => setTimeout(resolve, 20))
      open--
      sendJson(response, 200, {})
    }, async ({ url }) => {
      const http = createHttp(options(url))
      await Promise.all(Array.from({ length: 6 }, () => http.request('GET', '/')))
      http.close()
    })
    expect(most).to.equal(2)
  })

  it('gives up a silent server, knowing that the request was sent', () => withServer(
    () => undefined,
    async ({ url }) => expect(await failure(createHttp(options(url, 300)).request('GET', '/'))).to.include({ code: 'TIMEOUT', isSent: true })))

  it('knows that a refused connection sent nothing', () => withServer(() => undefined, async server => {
    await server.stop()
    expect(await failure(createHttp(options(server.url)).request('POST', '/', { body: {} })))
      .to.include({ code: 'ECONNREFUSED', isSent: false })
  }))

  it('tells a connection that was cut', () => withServer((_, response) => { response.socket!.destroy() }, async ({ url }) => {
    expect(await failure(createHttp(options(url)).request('POST', '/', { body: {} }))).to.include({ isSent: true })
  }))

  it('tells a reply that was cut in the middle', () => withServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    response.write('{"half":')
    setImmediate(() => response.socket!.destroy())
  }, async ({ url }) => {
    expect(await failure(createHttp(options(url)).request('GET', '/'))).to.include({ isSent: true })
  }))

  it('cuts off a reply that is too large', () => withServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('x'.repeat(5000))
  }, async ({ url }) => {
    expect((await failure(createHttp(options(url)).request('GET', '/'))).code).to.equal('REPLY_TOO_LARGE')
  }))

  it('does not unpack what it has not asked for', () => withServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
    response.end(gzipSync(Buffer.alloc(100_000, '0')))
  }, async ({ url }) => {
    expect(jsonOf(await createHttp(options(url)).request('GET', '/'))).to.equal(undefined)
  }))

  it('ends at a signal, before and during the exchange', () => withServer(() => undefined, async ({ url }) => {
    const http = createHttp(options(url))
    expect((await failure(http.request('GET', '/', { signal: AbortSignal.abort() }))).code).to.equal('ABORTED')
    const abort = new AbortController()
    const waiting = failure(http.request('GET', '/', { signal: abort.signal }))
    setTimeout(() => abort.abort(), 20)
    expect((await waiting).code).to.equal('ABORTED')
  }))

  it('outlives a network that swallows everything', () => withServer((_, response) => sendJson(response, 200, {}), async ({ url }) => {
    const proxy = await createTcpProxy(Number(new URL(url).port))
    const http = createHttp(options(`http://127.0.0.1:${proxy.port}`, 2000))
    expect((await http.request('GET', '/')).status).to.equal(200)
    proxy.setMode('blackhole')
    expect((await failure(http.request('GET', '/'))).code).to.equal('TIMEOUT')
    proxy.setMode('reset')
    expect((await failure(http.request('GET', '/'))).code).to.equal('ECONNRESET')
    proxy.setMode('latency', 30)
    expect((await http.request('GET', '/')).status).to.equal(200)
    proxy.setMode('pass')
    expect((await http.request('GET', '/')).status).to.equal(200)
    http.close()
    await proxy.stop()
  }))

  it('knows JSON by its type, whatever follows', () => {
    expect(isJson({ 'content-type': 'application/problem+json; charset=utf-8' })).to.equal(true)
    expect(isJson({ 'content-type': 'text/json' })).to.equal(false)
    expect(isJson({})).to.equal(false)
  })

  it('reads Retry-After in both forms', () => {
    expect(retryAfterMs({ 'retry-after': '5' }, 0)).to.equal(5000)
    expect(retryAfterMs({ 'retry-after': 'Thu, 01 Jan 1970 00:00:10 GMT' }, 4000)).to.equal(6000)
    expect(retryAfterMs({ 'retry-after': 'soon' }, 0)).to.equal(undefined)
    expect(retryAfterMs({}, 0)).to.equal(undefined)
  })
})
