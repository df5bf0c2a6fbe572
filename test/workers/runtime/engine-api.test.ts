import { expect } from 'chai'
import type { AppError} from '../../../core/errors.ts';
import { RetryableError } from '../../../core/errors.ts'
import { EngineApi } from '../../../workers/runtime/engine-api.ts'
import { createHttp } from '../../../workers/runtime/http.ts'
import { sendJson, withServer } from '../fake-server.ts'

const apiAt = (baseUrl: string, patienceMs = 2_000) => new EngineApi({
  workerId: 'w1', patienceMs, random: () => 0, http: createHttp({ baseUrl, maxSockets: 2, timeoutMs: 10_000, maxBytes: 10_000 })
})
const complete = (url: string, patienceMs?: number) =>
  apiAt(url, patienceMs).complete('t1', { outcome: { value: 'approved', type: 'String' } }, '00-a-b-01')
const failure = (promise: Promise<unknown>) => promise.then(() => expect.fail('it succeeded'), (error: AppError) => error)
const collision = { type: 'OptimisticLockingException', message: 'ENGINE-03005', code: 1 }

describe('engine interface of a worker', () => {
  it('completes with typed variables, its own name and the trace of the case', () => withServer(
    (_, response) => { response.writeHead(204).end() },
    async ({ url, received }) => {
      expect(await complete(url)).to.equal('done')
      expect(received[0]).to.deep.include({
        path: '/external-task/t1/complete', body: { workerId: 'w1', variables: { outcome: { value: 'approved', type: 'String' } } }
      })
      expect(received[0]!.headers['traceparent']).to.equal('00-a-b-01')
    }))

  it('repeats the identical request at once when branches collide', () => withServer(
    (_, response, count) => { if (count < 4) sendJson(response, 500, collision); else response.writeHead(204).end() },
    async ({ url, received }) => {
      expect(await complete(url)).to.equal('done')
      expect(received).to.have.length(4)
      expect(received[3]!.body).to.deep.equal(received[0]!.body)
    }))

  it('takes a lost reply for unknown and a 404 afterwards for done already', () => withServer(
    (_, response, count) => { if (count === 1) response.socket!.destroy(); else sendJson(response, 404, {}) },
    async ({ url }) => expect(await complete(url)).to.equal('gone')))

  it('asks again while the engine is away, and gives up in time', async () => {
    await withServer((_, response, count) => { if (count < 3) sendJson(response, 503, {}); else response.writeHead(204).end() },
      async ({ url }) => expect(await complete(url)).to.equal('done'))
    await withServer((_, response) => sendJson(response, 503, {}), async ({ url }) => {
      expect(await failure(complete(url, 100))).to.be.instanceOf(RetryableError).and.to.include({ code: 'ENGINE_UNAVAILABLE' })
    })
  })

  it('does not insist on what the engine fails to do, or will not do', async () => {
    await withServer((_, response) => sendJson(response, 500, { message: 'Unknown property', code: 0 }), async ({ url, received }) => {
      expect(await failure(complete(url))).to.be.instanceOf(RetryableError).and.to.include({ code: 'ENGINE_REFUSED' })
      expect(received).to.have.length(1)
    })
    await withServer((_, response) => sendJson(response, 400, { message: 'Cannot convert' }), async ({ url }) => {
      expect(await failure(complete(url))).not.to.be.instanceOf(RetryableError)
    })
  })

  it('reports failures and BPMN errors under its own name', () => withServer(
    (_, response) => { response.writeHead(204).end() },
    async ({ url, received }) => {
      const api = apiAt(url)
      await api.fail('t1', { errorMessage: 'm', errorDetails: 'd', retries: 2, retryTimeout: 500 }, '00-a-b-01')
      await api.throwError('t1', 'NEEDS_CORRECTION', 'm', '00-a-b-01')
      expect(received.map(({ path, body }) => [path, body])).to.deep.equal([
        ['/external-task/t1/failure', { workerId: 'w1', errorMessage: 'm', errorDetails: 'd', retries: 2, retryTimeout: 500 }],
        ['/external-task/t1/bpmnError', { workerId: 'w1', errorCode: 'NEEDS_CORRECTION', errorMessage: 'm' }]
      ])
    }))

  it('tells a lost lock from a silent engine', async () => {
    const extend = (status: number, message = '') => {
      let report = ''
      return withServer((_, response) => sendJson(response, status, { message }), async ({ url }) => {
        report = await apiAt(url).extendLock('t1', 1000)
      }).then(() => report)
    }
    expect(await extend(200)).to.equal('done')
    expect(await extend(404)).to.equal('gone')
    expect(await extend(400, 'cannot be extended by worker \'w1\'')).to.equal('foreign')
    expect(await extend(500)).to.equal('unknown')
  })
})
