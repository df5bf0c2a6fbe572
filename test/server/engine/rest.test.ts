import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { createRest, EngineRefusal } from '../../../server/engine/rest.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** A server that stands where the engine is and says what a test tells it to; one answer for each request, the last for all that follow. */
function scripted(answers: Answer[]): { listen(): Promise<string>; close(): Promise<void>; bodies: string[]; sockets: Set<unknown> } {
  const bodies: string[] = []
  const sockets = new Set<unknown>()
  const server: Server = createServer((request, response) => {
    sockets.add(request.socket)
    let body = ''
    request.on('data', chunk => { body += String(chunk) })
    request.on('end', () => {
      const answer = answers[Math.min(bodies.length, answers.length - 1)]!
      bodies.push(body)
      answer(request, response, body)
    })
  })
  return {
    bodies, sockets,
    listen: () => new Promise(resolve => server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`))),
    close: () => new Promise(resolve => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  }
}

const say = (status: number, body: unknown): Answer => (_request, response) => {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(typeof body === 'string' ? body : JSON.stringify(body))
}
const refusalOf = (work: Promise<unknown>): Promise<EngineRefusal> => work.then(() => expect.fail('it succeeded'), (error: unknown) => error as EngineRefusal)

describe('engine/rest', () => {
  type Test = (rest: ReturnType<typeof createRest>, engine: ReturnType<typeof scripted>) => Promise<void>
  async function against(answers: Answer[], test: Test, timeoutMs = 2000) {
    const engine = scripted(answers)
    const rest = createRest({ url: await engine.listen(), user: 'engine', password: 'geheim', timeoutMs })
    await test(rest, engine)
    rest.close()
    await engine.close()
  }

  it('sends JSON with credentials and reads the answer, over one kept connection', () => against([(request, response, body) => {
    const { authorization = '' } = request.headers
    response.end(JSON.stringify({ path: request.url, body: JSON.parse(body || 'null'), user: Buffer.from(authorization.slice(6), 'base64').toString() }))
  }], async (rest, engine) => {
    expect(await rest('POST', '/a', { query: { x: 1, y: 'ü+', z: undefined }, body: { b: 1 } })).to.deep.equal({
      path: '/engine-rest/a?x=1&y=%C3%BC%2B', body: { b: 1 }, user: 'engine:geheim'
    })
    await rest('GET', '/b')
    expect(engine.sockets.size).to.equal(1)
  }))

  const collisions: readonly (readonly [string, unknown])[] = [
    ['an optimistic lock', { type: 'OptimisticLockingException', message: 'ENGINE-03005', code: 1 }],
    ['a user task\'s, which is called otherwise', { type: 'RestException', message: 'Cannot complete task', code: 1 }],
    ['a deadlock', { type: 'ProcessEnginePersistenceException', message: 'x', code: 10000 }],
    ['a lost parent', { type: 'ProcessEngineException', message: 'ENGINE-03077 Cannot resolve parent', code: 0 }]
  ]
  for (const [name, body] of collisions) {
    it(`repeats ${name} with the same request`, () => against([say(500, body), say(500, body), say(204, '')], async (rest, engine) => {
      await rest('POST', '/complete', { body: { same: true } })
      expect(engine.bodies).to.deep.equal(Array(3).fill('{"same":true}'))
    }))
  }

  it('gives up after ten collisions, for somebody else to try later', () => against([say(500, { type: 'OptimisticLockingException', code: 1 })], async (rest, engine) => {
    expect(await refusalOf(rest('POST', '/x'))).to.include({ code: 'ENGINE_COLLISION', name: 'RetryableError' })
    expect(engine.bodies).to.have.length(10)
  }))

  it('passes a refusal on at once, with the engine\'s words kept from users', () => against([say(500, { type: 'RestException', message: 'Cannot find task with id 5', code: 0 })], async (rest, engine) => {
    const refusal = await refusalOf(rest('POST', '/x'))
    expect(refusal).to.be.instanceOf(EngineRefusal).and.include({ code: 'ENGINE_REFUSED', engineMessage: 'Cannot find task with id 5' })
    expect(refusal.detail).not.to.contain('task with id')
    expect(engine.bodies).to.have.length(1)
  }))

  for (const [name, answer] of [['a proxy\'s page', say(502, '<html>')], ['a wrong password', say(401, '')], ['an empty 500', say(500, '')]] as const) {
    it(`calls ${name} unavailable`, () => against([answer], async rest => {
      expect(await refusalOf(rest('GET', '/x'))).to.include({ code: 'ENGINE_UNAVAILABLE', name: 'RetryableError' })
    }))
  }

  it('gives up a silent connection', () => against([() => undefined], async rest => {
    expect(await refusalOf(rest('GET', '/x'))).to.include({ code: 'ENGINE_UNAVAILABLE' })
  }, 100))

  it('gives up an answer that stops in the middle', () => against([(_request, response) => { response.write('{"a"') }], async rest => {
    expect(await refusalOf(rest('GET', '/x'))).to.include({ code: 'ENGINE_UNAVAILABLE' })
  }, 100))

  it('does not take for an answer what is no JSON', () => against([say(200, '<html>')], async rest => {
    expect(await refusalOf(rest('GET', '/x'))).to.include({ code: 'ENGINE_REFUSED' })
  }))
})
