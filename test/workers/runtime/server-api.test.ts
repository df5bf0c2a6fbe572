import { expect } from 'chai'
import type { AppError} from '../../../core/errors.ts';
import { RetryableError } from '../../../core/errors.ts'
import { createHttp } from '../../../workers/runtime/http.ts'
import { Postponed } from '../../../workers/runtime/postponed.ts'
import { createServerApi, variablesOf } from '../../../workers/runtime/server-api.ts'
import { sendJson, withServer } from '../fake-server.ts'

function apiAt(baseUrl: string, tokens: string[] = []) {
  const http = createHttp({ baseUrl, maxSockets: 2, timeoutMs: 10_000, maxBytes: 10_000 })
  const token = async (renew = false) => {
    if (renew || tokens.length === 0) tokens.push(`token-${tokens.length + 1}`)
    return tokens.at(-1)!
  }
  return createServerApi({ http, token, traceparent: () => '00-a-b-01', random: () => 0 })
}
const run = (url: string, tokens?: string[]) =>
  apiAt(url, tokens).run('item-1', 'common.open-item', { taskId: 't', processInstanceId: 'p', processDefinitionId: 'd', variables: {} })
const failure = (promise: Promise<unknown>) => promise.then(() => expect.fail('it succeeded'), (error: AppError) => error)

describe('internal interface of the server', () => {
  it('runs a record step and hands its variables and trace on as they are', () => withServer(
    (_, response) => sendJson(response, 200, { variables: { isOpen: { value: true, type: 'Boolean' } }, traceparent: '00-c-d-01' }),
    async ({ url, received }) => {
      expect(await run(url)).to.deep.equal({ variables: { isOpen: { value: true, type: 'Boolean' } }, traceparent: '00-c-d-01' })
      expect(received[0]!.path).to.equal('/internal/v1/items/item-1/steps/common.open-item/run')
      expect(received[0]!.headers).to.include({ authorization: 'Bearer token-1', traceparent: '00-a-b-01' })
    }))

  it('repeats over short outages and lost replies', () => withServer(
    (_, response, count) => {
      if (count === 1) response.socket!.destroy()
      else sendJson(response, count === 2 ? 503 : 200, { variables: {} })
    },
    async ({ url, received }) => {
      expect(await run(url)).to.deep.equal({ variables: {} })
      expect(received).to.have.length(3)
    }))

  it('mints a new token when the old one is refused', () => withServer(
    ({ headers }, response) => sendJson(response, headers.authorization === 'Bearer token-2' ? 200 : 401, { variables: {} }),
    async ({ url }) => expect(await run(url, ['token-1'])).to.deep.equal({ variables: {} })))

  it('puts the task off while the server is away, without spending an attempt', async () => {
    await withServer(() => undefined, async server => {
      await server.stop()
      expect(await failure(run(server.url))).to.be.instanceOf(Postponed).and.to.include({ code: 'SERVICE_UNAVAILABLE' })
    })
  }).timeout(10_000)

  for (const [status, code] of [[404, 'SUBJECT_UNKNOWN'], [409, 'STEP_CONFLICT'], [400, 'STEP_CONFLICT']] as const) {
    it(`makes an incident of ${status}`, () => withServer(
      (_, response) => sendJson(response, status, { code: 'SOMETHING' }),
      async ({ url, received }) => {
        const error = await failure(run(url))
        expect(error).to.include({ code }).and.not.be.instanceOf(RetryableError)
        expect(error.message).to.include('SOMETHING')
        expect(received).to.have.length(1)
      }))
  }

  it('waits for the message that ends a withdrawn item', () => withServer(
    (_, response) => sendJson(response, 409, { code: 'WITHDRAWN' }),
    async ({ url }) => expect(await failure(run(url))).to.be.instanceOf(RetryableError).and.to.include({ code: 'WITHDRAWN' })))

  it('gives plain values their type', () => {
    expect(variablesOf({ variables: { a: 'x', b: true, c: { value: '2026-04-20T00:00:00.000+0800', type: 'Date' } } })).to.deep.equal({
      a: { value: 'x', type: 'String' }, b: { value: true, type: 'Boolean' },
      c: { value: '2026-04-20T00:00:00.000+0800', type: 'Date' }
    })
    expect(variablesOf({})).to.deep.equal({})
  })
})
