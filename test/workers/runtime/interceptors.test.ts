import { expect } from 'chai'
import { guardReplies, limitConnections, tracePolls } from '../../../workers/runtime/interceptors.ts'

const after = (reply: object) => (guardReplies({})['hooks'] as { afterResponse: ((reply: object) => object)[] }).afterResponse[0]!(reply)

describe('interceptors', () => {
  it('bound time, connections, repetitions and redirects', () => {
    const config = limitConnections(30_000, new AbortController().signal)({ json: {} })
    expect(config).to.deep.include({ json: {}, timeout: { request: 30_000 }, retry: { limit: 0 }, followRedirect: false })
    expect((config['agent'] as { http: { maxSockets: number } }).http.maxSockets).to.equal(2)
  })

  it('cut parameters off the content type', () => {
    expect(after({ statusCode: 200, headers: { 'content-type': 'Application/JSON; charset=UTF-8' } }))
      .to.deep.equal({ statusCode: 200, headers: { 'content-type': 'application/json' } })
  })

  it('make an error of a page that claims success', () => {
    expect(() => after({ statusCode: 200, headers: { 'content-type': 'text/html' } })).to.throw('text/html')
    expect(() => after({ statusCode: 200, headers: {} })).to.throw('without a type')
  })

  it('leave errors to the client', () => {
    const reply = { statusCode: 503, headers: { 'content-type': 'text/html' } }
    expect(after(reply)).to.equal(reply)
  })

  it('start a trace for each poll and keep other headers', () => {
    const { headers } = tracePolls({ headers: { a: 'b' } }) as { headers: Record<string, string> }
    expect(headers).to.include({ a: 'b' })
    expect(headers['traceparent']).to.match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  })
})
