import { expect } from 'chai'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RetryableError } from '../../../core/errors.ts'
import { createLog } from '../../../core/log.ts'
import { noTracer } from '../../../core/spans.ts'
import { Poller } from '../../../workers/runtime/client.ts'
import { EngineApi } from '../../../workers/runtime/engine-api.ts'
import type { EngineVariables } from '../../../workers/runtime/engine-api.ts'
import { createHttp } from '../../../workers/runtime/http.ts'
import { createMetrics } from '../../../workers/runtime/metrics.ts'
import type { Step } from '../../../workers/runtime/steps.ts'
import { Worker } from '../../../workers/runtime/worker.ts'
import { startEngine } from '../../support/engine.ts'
import type { RunningEngine } from '../../support/engine.ts'
import { createTcpProxy } from '../../support/tcp-proxy.ts'
import { until } from '../../support/until.ts'
import { engineFixture } from '../engine-fixture.ts'
import type { EngineFixture } from '../engine-fixture.ts'

const NOTHING: EngineVariables = {}

// Operaton unless the suite runs for Camunda.
const profile = process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton'

describe('worker on a real engine', function () {
  this.timeout(120_000)
  let engine: RunningEngine
  let fixture: EngineFixture
  const running: Worker[] = []
  let next = 0

  before(async () => {
    engine = await startEngine({ profile })
    fixture = engineFixture(engine)
  })
  after(() => engine?.stop())
  afterEach(async () => {
    await Promise.all(running.splice(0).map(worker => worker.drain(100)))
  })

  interface Options { url?: string, maxParallel?: number, lockMs?: number, longPollMs?: number, graceMs?: number, id?: string }

  function worker({ url = engine.url, maxParallel = 10, lockMs = 5_000, longPollMs = 20_000, graceMs = 10_000, id }: Options = {}) {
    const workerId = id ?? `worker-${next++}`
    const metrics = createMetrics()
    const http = createHttp({
      baseUrl: url, maxSockets: 4, timeoutMs: 2_000, maxBytes: 1_000_000, headers: { authorization: engine.authorization }
    })
    const one = new Worker({
      name: 'test', lockMs, metrics, log: createLog({ level: 'silent' }), tracer: noTracer, random: () => 0,
      engine: new EngineApi({ http, workerId, patienceMs: lockMs }),
      poller: new Poller({
        engineUrl: url, user: engine.user, password: engine.password, workerId, maxParallel, lockMs, longPollMs, graceMs
      })
    })
    running.push(one)
    return { one, metrics, workerId }
  }

  /** Deploys a process of one task under a topic of its own and starts some instances of it. */
  async function cases(count = 1, result?: string) {
    const key = `process${next++}`
    const topic = `test.${key}`
    await fixture.deploy(key, [topic], result)
    const start = () => fixture.start(key, `case-${next++}`)
    return { topic, start, ids: await Promise.all(Array.from({ length: count }, start)) }
  }
  const ended = (id: string) => until(`the end of ${id}`, () => fixture.isEnded(id), 30_000)
  const count = async (metrics: ReturnType<typeof createMetrics>, outcome: string) =>
    (await metrics.tasks.get()).values.filter(({ labels }) => labels.outcome === outcome).reduce((sum, { value }) => sum + value, 0)

  it('hands a step its business key and input parameters and completes the task', async () => {
    const { topic, ids } = await cases(1, 'approved')
    const { one, metrics } = worker()
    const seen: unknown[] = []
    one.subscribe(topic, ['result'], async ({ task }) => {
      seen.push(task.businessKey, task.variables)
      return { outcome: { value: 'approved', type: 'String' } }
    })
    one.start()
    await ended(ids[0]!)
    expect(seen[0]).to.match(/^case-/)
    expect(seen[1]).to.deep.equal({ result: 'approved' })
    expect(await count(metrics, 'complete')).to.equal(1)
    expect(one.lastPollAt).to.be.a('number')
  })

  it('makes an incident of a handler that throws, and tells the engine nothing of a person', async () => {
    const { topic, ids } = await cases()
    const { one, metrics } = worker()
    one.subscribe(topic, [], () => Promise.reject(new TypeError('韦美兰 450103199003070020 is not a function')))
    one.start()
    const incidents = await until('the incident', async () => {
      const found = await fixture.incidents(ids[0]!)
      return found.length > 0 && found
    })
    expect(incidents[0]!.incidentMessage).to.equal('INTERNAL TypeError')
    expect(await fixture.tasks(ids[0]!)).to.have.nested.property('[0].retries', 0)
    expect(await count(metrics, 'incident')).to.equal(1)
  })

  it('tries again after its own pause, not at the end of the long poll', async () => {
    const { topic, ids } = await cases()
    const { one } = worker()
    const attempts: (number | null)[] = []
    one.subscribe(topic, [], async ({ task }) => {
      attempts.push(task.retries)
      if (attempts.length < 3) throw new RetryableError('DEPARTMENT_TIMEOUT')
      return NOTHING
    })
    const begun = Date.now()
    one.start()
    await ended(ids[0]!)
    expect(attempts).to.deep.equal([null, 9, 8])
    expect(Date.now() - begun).to.be.within(2_400, 12_000)
  })

  it('makes an incident of a completion that the engine will not take', async () => {
    const { topic, ids } = await cases()
    const { one } = worker()
    one.subscribe(topic, [], async () => ({ dueAt: { value: 'tomorrow', type: 'Date' } }))
    one.start()
    const message = await until('the incident', async () => (await fixture.incidents(ids[0]!))[0]?.incidentMessage)
    expect(message).to.match(/^ENGINE_REFUSED .*400/)
  })

  it('never holds more tasks than it has hands', async () => {
    const { topic, ids } = await cases(6)
    const { one } = worker({ maxParallel: 2 })
    let open = 0
    let most = 0
    one.subscribe(topic, [], async () => {
      most = Math.max(most, ++open)
      await new Promise(resolve => setTimeout(resolve, 30))
      open--
      return NOTHING
    })
    one.start()
    await Promise.all(ids.map(ended))
    expect(most).to.equal(2)
  })

  it('extends the lock of long work, so that nobody else begins it', async () => {
    const { topic, ids } = await cases()
    let begun = 0
    const slow: Step = async () => {
      begun++
      await new Promise(resolve => setTimeout(resolve, 2_500))
      return NOTHING
    }
    for (const { one } of [worker({ lockMs: 900, longPollMs: 300 }), worker({ lockMs: 900, longPollMs: 300 })]) {
      one.subscribe(topic, [], slow)
      one.start()
    }
    await ended(ids[0]!)
    expect(begun).to.equal(1)
  })

  it('understands replies whose type carries a charset', async () => {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const answer = await fetch(`${engine.url}${request.url!.replace('/engine-rest', '')}`, {
        method: request.method!, body: Buffer.concat(chunks),
        headers: { authorization: engine.authorization, 'content-type': 'application/json' }
      }).catch(() => undefined)
      if (!answer) return void response.destroy()
      const headers = answer.status === 204 ? {} : { 'content-type': 'application/json;charset=UTF-8' }
      response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    try {
      const { topic, ids } = await cases(3)
      const { one, metrics } = worker({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest` })
      let handled = 0
      one.subscribe(topic, [], async () => { handled++; return NOTHING })
      one.start()
      await Promise.all(ids.map(ended))
      expect(handled).to.equal(3)
      expect(await count(metrics, 'complete')).to.equal(3)
      await one.drain(500)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it('comes back after a connection that swallowed everything', async () => {
    const { topic, start } = await cases(0)
    const proxy = await createTcpProxy(Number(new URL(engine.url).port))
    const { one, metrics } = worker({
      url: `http://127.0.0.1:${proxy.port}/engine-rest`, longPollMs: 400, graceMs: 400, lockMs: 1_500
    })
    one.subscribe(topic, [], async () => NOTHING)
    one.start()
    await ended(await start())
    proxy.setMode('blackhole')
    await until('a poll that was given up', async () => (await metrics.pollErrors.get()).values.some(({ value }) => value > 0))
    const id = await start()
    proxy.setMode('pass')
    await ended(id)
    await one.drain(500)
    await proxy.stop()
  })

  it('asks a dead engine ever less often', async () => {
    const proxy = await createTcpProxy(Number(new URL(engine.url).port))
    proxy.setMode('reset')
    const { one, metrics } = worker({ url: `http://127.0.0.1:${proxy.port}/engine-rest` })
    one.subscribe('test.none', [], async () => NOTHING)
    one.start()
    await new Promise(resolve => setTimeout(resolve, 1_500))
    const errors = (await metrics.pollErrors.get()).values[0]!.value
    expect(errors).to.be.within(2, 8)
    await one.drain(100)
    await proxy.stop()
  })

  it('as a zombie completes nothing that another worker has finished', async () => {
    const { topic, ids } = await cases()
    const proxy = await createTcpProxy(Number(new URL(engine.url).port))
    const zombie = worker({ url: `http://127.0.0.1:${proxy.port}/engine-rest`, lockMs: 1_000, longPollMs: 300, graceMs: 300 })
    let wake: () => void = () => undefined
    let isAsleep = false
    zombie.one.subscribe(topic, [], async () => {
      isAsleep = true
      await new Promise<void>(resolve => { wake = resolve })
      return NOTHING
    })
    zombie.one.start()
    await until('the zombie to take the task', async () => isAsleep)
    proxy.setMode('blackhole') // its heartbeats stay away, as those of a stopped process would
    const living = worker({ lockMs: 1_000, longPollMs: 300 })
    living.one.subscribe(topic, [], async () => NOTHING)
    living.one.start()
    await ended(ids[0]!)
    proxy.setMode('reset')
    proxy.setMode('pass')
    wake()
    const late = () => Promise.all(['gone', 'abandoned'].map(outcome => count(zombie.metrics, outcome)))
    await until('the zombie to be told', async () => (await late()).some(value => value === 1))
    expect(await count(zombie.metrics, 'complete')).to.equal(0)
    expect(await count(living.metrics, 'complete')).to.equal(1)
    await zombie.one.drain(100)
    await proxy.stop()
  })

  it('gives back what it cannot end when it drains, and takes nothing more', async () => {
    const { topic, ids, start } = await cases()
    const { one, workerId } = worker({ lockMs: 60_000 })
    let isHeld = false
    one.subscribe(topic, [], ({ signal }) => {
      isHeld = true
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut'))))
    })
    one.start()
    await until('the task to be held', async () => isHeld)
    expect((await fixture.tasks(ids[0]!))[0]!.workerId).to.equal(workerId)
    const begun = Date.now()
    await one.drain(300)
    expect(Date.now() - begun).to.be.lessThan(2_000)
    const [task] = await fixture.tasks(ids[0]!)
    expect(task).to.deep.include({ workerId: null, lockExpirationTime: null, retries: null, errorMessage: null })
    const later = await start()
    expect((await fixture.tasks(later))[0]!.workerId).to.equal(null)
  })

  it('lets work in hand end when it drains', async () => {
    const { topic, ids } = await cases()
    const { one } = worker()
    let isHeld = false
    one.subscribe(topic, [], async () => {
      isHeld = true
      await new Promise(resolve => setTimeout(resolve, 300))
      return NOTHING
    })
    one.start()
    await until('the task to be held', async () => isHeld)
    await one.drain(5_000)
    expect(await fixture.isEnded(ids[0]!)).to.equal(true)
  })
})
