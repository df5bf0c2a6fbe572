import { expect } from 'chai'
import type { AppError} from '../../../core/errors.ts';
import { RetryableError } from '../../../core/errors.ts'
import { noTracer } from '../../../core/spans.ts'
import { newTraceparent } from '../../../core/traceparent.ts'
import { CircuitBreaker } from '../../../workers/runtime/circuit-breaker.ts'
import { canonicalJson, Department, DepartmentSession } from '../../../workers/runtime/department.ts'
import { createHttp } from '../../../workers/runtime/http.ts'
import { createMetrics } from '../../../workers/runtime/metrics.ts'
import { Postponed } from '../../../workers/runtime/postponed.ts'
import { departmentsFixture } from '../departments-fixture.ts'
import type { DepartmentsFixture } from '../departments-fixture.ts'
import { sendJson, withServer } from '../fake-server.ts'

const KIND = 'flexible-pension-registration'

function departmentAt(baseUrl: string, breaker?: CircuitBreaker, timeoutMs = 1_000): Department {
  const http = createHttp({ baseUrl, maxSockets: 4, timeoutMs, maxBytes: 100_000 })
  return new Department({ slug: 'hrss', http, limit: 4, metrics: createMetrics(), tracer: noTracer, ...(breaker && { breaker }) })
}

const call = (requestId: string, attempt = 1, signal = new AbortController().signal) =>
  ({ requestId, attempt, signal, traceparent: newTraceparent() })

const failure = <T = AppError>(promise: Promise<unknown>) =>
  promise.then(() => expect.fail('the call succeeded'), error => error as T)

describe('call to a real department', () => {
  let fixture: DepartmentsFixture
  let department: Department
  let next = 0
  const effects = async (requestId: string) =>
    (await fixture.ledger('hrss')).filter(entry => entry.requestId === requestId).length

  before(async () => { fixture = await departmentsFixture(['hrss']) })
  after(() => fixture.stop())
  beforeEach(async () => {
    department = departmentAt(fixture.urls.hrss)
    await fixture.fault('hrss', [])
  })

  /** Registers a new person under a fault; `attempts` names what was exchanged. */
  async function register(faults: object[]) {
    const index = next++
    const requestId = `subject-${index}:register:1`
    await fixture.fault('hrss', faults)
    const session = new DepartmentSession(department, call(requestId))
    const outcome = await session.department(KIND, fixture.person(index)).catch((error: AppError) => error)
    return {
      index, requestId, outcome, attempts: session.evidence.attempts.map(({ result }) => result), evidence: session.evidence
    }
  }

  it('registers once and keeps hashes for the audit', async () => {
    const { outcome, requestId, evidence } = await register([])
    expect(outcome).to.deep.include({ status: 'done' })
    expect(evidence).to.deep.include({ department: 'hrss', httpStatus: 200 })
    expect(evidence.payloadHash).to.match(/^[0-9a-f]{64}$/)
    expect(evidence.responseHash).to.match(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(evidence)).not.to.include(String(fixture.person(0)['idNumber']))
    expect(await effects(requestId)).to.equal(1)
  })

  it('asks what became of a request whose answer never came, and does not repeat it', async () => {
    const { outcome, requestId, attempts } = await register([{ mode: 'effect-then-silence', count: 1 }])
    expect(outcome).to.deep.include({ status: 'done' })
    expect(attempts).to.deep.equal(['DEPARTMENT_TIMEOUT', 'QUERY_ok'])
    expect(await effects(requestId)).to.equal(1)
  })

  it('refuses a wrong receipt and takes the right one from the register', async () => {
    const { outcome, requestId, attempts } = await register([{ mode: 'wrong-receipt', count: 1 }])
    expect((outcome as { receipt: { number: string } }).receipt.number).to.match(/^RS\d+[\dX]$/)
    expect(attempts).to.deep.equal(['DEPARTMENT_RECEIPT_MISMATCH', 'QUERY_ok'])
    expect(await effects(requestId)).to.equal(1)
  })

  it('asks again after a reply that is cut off', async () => {
    const { attempts, requestId } = await register([{ mode: 'malformed', count: 1 }])
    expect(attempts).to.deep.equal(['DEPARTMENT_REPLY_INVALID', 'QUERY_ok'])
    expect(await effects(requestId)).to.equal(1)
  })

  it('sends again what the department never saw', async () => {
    const { outcome, attempts, requestId } = await register([{ mode: 'error', kind: KIND, status: 500, count: 1 }])
    expect(outcome).to.deep.include({ status: 'done' })
    expect(attempts).to.deep.equal(['DEPARTMENT_UNAVAILABLE', 'QUERY_NOT_FOUND', 'ok'])
    expect(await effects(requestId)).to.equal(1)
  })

  it('waits as long as a maintenance lasts', async () => {
    const until = new Date(Date.now() + 90_000).toISOString()
    const { outcome, requestId } = await register([{ mode: 'maintenance', until }])
    expect(outcome).to.be.instanceOf(RetryableError).and.to.include({ code: 'DEPARTMENT_MAINTENANCE' })
    expect((outcome as AppError).retryAfter).to.be.within(80, 91)
    expect(await effects(requestId)).to.equal(0)
  })

  it('hands a refusal and its reasons to the matter', async () => {
    const reasons = [{ code: 'ALREADY_REGISTERED', message: '已参保' }]
    const { outcome } = await register([{ mode: 'refuse', reasons }])
    expect(outcome).to.deep.include({ status: 'refused', reasons })
  })

  it('asks first when it is not the first attempt', async () => {
    const { index, requestId } = await register([])
    const again = new DepartmentSession(department, call(requestId, 2))
    expect(await again.department(KIND, fixture.person(index))).to.deep.include({ status: 'done' })
    expect(again.evidence.attempts.map(({ result }) => result)).to.deep.equal(['QUERY_ok'])
  })

  it('makes an incident of a request id that stands for something else', async () => {
    const { requestId } = await register([])
    const other = new DepartmentSession(department, call(requestId))
    const error = await failure(other.department(KIND, fixture.person(next++)))
    expect(error).not.to.be.instanceOf(RetryableError)
    expect(error.code).to.equal('REQUEST_ID_REUSED')
  })

  it('makes an incident of a body that the department cannot read', async () => {
    const session = new DepartmentSession(department, call('subject-x:register:1'))
    expect((await failure(session.department(KIND, { name: '' }))).code).to.equal('DEPARTMENT_REFUSED')
  })

  it('carries the trace of the case into the ledger', async () => {
    const traced = call('subject-traced:register:1')
    await new DepartmentSession(department, traced).department(KIND, fixture.person(next++))
    const entry = (await fixture.ledger('hrss')).find(({ requestId }) => requestId === traced.requestId)
    expect(entry?.traceparent).to.contain(traced.traceparent.slice(0, 36)).and.not.equal(traced.traceparent)
  })
})

describe('call to a department that is not well', () => {
  it('opens the circuit after failures in a row and then spends no attempt', () => withServer(
    (_, response) => sendJson(response, 500, {}),
    async ({ url, received }) => {
      const department = departmentAt(url, new CircuitBreaker({ threshold: 2, openMs: 60_000 }))
      const error = async (id: string) => failure(new DepartmentSession(department, call(id)).department(KIND, {}))
      expect(await error('a:b:1')).not.to.be.instanceOf(Postponed)
      expect(await error('a:b:2')).not.to.be.instanceOf(Postponed)
      const sent = received.length
      expect(await error('a:b:3')).to.be.instanceOf(Postponed).and.to.include({ retryAfter: 15 })
      expect(received.length).to.equal(sent)
      expect(await department.metrics.registry.metrics()).to.include('worker_circuit_state{department="hrss"} 2')
    }))

  it('shows the circuit as it is when it is asked for, though nobody calls any more', () => withServer(
    (_, response) => sendJson(response, 500, {}),
    async ({ url }) => {
      let now = 0
      const department = departmentAt(url, new CircuitBreaker({ threshold: 1, openMs: 1_000, now: () => now }))
      const shown = async () => /worker_circuit_state\{department="hrss"\} (\d)/.exec(await department.metrics.registry.metrics())?.[1]
      expect(await shown()).to.equal('0')
      await failure(new DepartmentSession(department, call('a:b:1')).department(KIND, {}))
      expect(await shown()).to.equal('2')
      now += 1_000
      expect(await shown()).to.equal('1')
    }))

  it('lets nobody pay for looking whether a department is back, once it is known to ask before it sends', () => withServer(
    (_, response) => sendJson(response, 500, {}),
    async ({ url }) => {
      let now = 0
      const department = departmentAt(url, new CircuitBreaker({ threshold: 1, openMs: 1_000, now: () => now }))
      const probe = async (attempt: number) => {
        now += 60_000
        return failure(new DepartmentSession(department, call('a:b:1', attempt)).department(KIND, {}))
      }
      expect(await probe(1)).not.to.be.instanceOf(Postponed)
      expect(await probe(1), 'a first attempt').not.to.be.instanceOf(Postponed)
      for (let looks = 0; looks < 20; looks++) expect(await probe(2)).to.be.instanceOf(Postponed)
    }))

  it('counts a refusal as being well', () => withServer(
    (_, response) => sendJson(response, 422, {}),
    async ({ url }) => {
      const department = departmentAt(url, new CircuitBreaker({ threshold: 1 }))
      await failure(new DepartmentSession(department, call('a:b:1')).department(KIND, {}))
      expect(department.breaker.state).to.equal('closed')
    }))

  it('comes back later for what is still worked on, without taking it for a fault', () => withServer(
    ({ headers }, response) => sendJson(response, 200, { requestId: headers['x-request-id'], status: 'processing' }),
    async ({ url }) => {
      const department = departmentAt(url, new CircuitBreaker({ threshold: 1 }))
      const error = await failure(new DepartmentSession(department, call('a:b:1')).department(KIND, {}))
      expect(error).to.include({ code: 'DEPARTMENT_TIMEOUT', retryAfter: 2 })
      expect(department.breaker.state).to.equal('closed')
    }))

  it('leaves a question unanswered at the third attempt only', () => withServer(
    (_, response) => { response.socket!.destroy() },
    async ({ url }) => {
      const department = departmentAt(url)
      const ask = (attempt: number) => new DepartmentSession(department, call('a:verify:1', attempt)).ask('person-verification', {})
      expect(await failure(ask(1))).to.be.instanceOf(RetryableError)
      expect(await failure(ask(2))).to.be.instanceOf(RetryableError)
      expect(await ask(3)).to.equal(null)
    }))

  it('counts an open circuit as an attempt for a question', () => withServer(() => undefined, async server => {
    await server.stop()
    const department = departmentAt(server.url, new CircuitBreaker({ threshold: 1, openMs: 60_000 }))
    await failure(new DepartmentSession(department, call('a:b:1')).department(KIND, {}))
    const error = await failure(new DepartmentSession(department, call('a:verify:1')).ask('person-verification', {}))
    expect(error).to.be.instanceOf(RetryableError).and.not.instanceOf(Postponed)
  }))

  it('ends at the signal and says nothing about the department', () => withServer(() => undefined, async ({ url }) => {
    const department = departmentAt(url, new CircuitBreaker({ threshold: 1 }), 60_000)
    const cut = new AbortController()
    const waiting = failure(new DepartmentSession(department, call('a:b:1', 1, cut.signal)).department(KIND, {}))
    setTimeout(() => cut.abort(), 20)
    await waiting
    expect(department.breaker.state).to.equal('closed')
  }))

  it('makes one call for one step', () => withServer(
    ({ headers }, response) => sendJson(response, 200, { requestId: headers['x-request-id'], status: 'refused', receipt: null, reasons: [] }),
    async ({ url }) => {
      const session = new DepartmentSession(departmentAt(url), call('a:b:1'))
      await session.department(KIND, {})
      expect((await failure<Error>(Promise.resolve().then(() => session.department('other', {})))).message).to.include('one department call')
    }))

  it('hashes equal contents alike', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).to.equal('{"a":"x","b":[{"c":null,"d":1}]}')
  })
})
