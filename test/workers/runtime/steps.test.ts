import { expect } from 'chai'
import type { AppError} from '../../../core/errors.ts';
import { RetryableError } from '../../../core/errors.ts'
import { createLog } from '../../../core/log.ts'
import { registered } from '../../../core/matter.ts'
import type { StepContext, StepHandler } from '../../../core/matter.ts'
import { noTracer } from '../../../core/spans.ts'
import { newTraceparent } from '../../../core/traceparent.ts'
import type { LockedTask } from '../../../workers/runtime/client.ts'
import { Department } from '../../../workers/runtime/department.ts'
import { createHttp } from '../../../workers/runtime/http.ts'
import { createMetrics } from '../../../workers/runtime/metrics.ts'
import type { Begun, Failed, Finished, ServerApi } from '../../../workers/runtime/server-api.ts'
import { variablesOf } from '../../../workers/runtime/server-api.ts'
import { departmentStep, recordStep } from '../../../workers/runtime/steps.ts'
import { departmentsFixture } from '../departments-fixture.ts'
import type { DepartmentsFixture } from '../departments-fixture.ts'

const register: StepHandler = async ({ fields }, { department }) =>
  registered(await department('flexible-pension-registration', fields))

/** The server's side of the protocol, in memory: it keeps what was finished, as the real one keeps it in its database. */
function memoryServer(fields: Record<string, unknown>, requestId: string) {
  const traceparent = newTraceparent()
  const finished: Finished[] = []
  const failed: Failed[] = []
  const runs: unknown[] = []
  const context: StepContext = { region: 'guangxi', division: '450103', channel: 'online', slug: 'flexible-pension' }
  const server: ServerApi = {
    async run(...args) { runs.push(args); return { variables: { outcome: { value: 'approved', type: 'String' } } } },
    async begin(): Promise<Begun> {
      const earlier = finished.length ? { outcome: finished.at(-1)!.variables } : null
      return { requestId, traceparent, round: 1, fields, context, earlier }
    },
    async finish(_subject, _topic, body) { finished.push(body); return variablesOf(body) },
    async fail(_subject, _topic, body) { failed.push(body) },
    async pausedTopics() { return [] }
  }
  return { server, finished, failed, runs, traceparent }
}

const task = (over: Partial<LockedTask> = {}): LockedTask => ({
  id: 't1', topicName: 'guangxi.flexible-pension.register', businessKey: 'item-1', processInstanceId: 'p1',
  processDefinitionId: 'guangxi-flexible-pension:3:x', processDefinitionKey: 'guangxi-flexible-pension',
  activityId: 'Task_Register', retries: null, lockExpirationTime: '',
  variables: {}, ...over
})
const runOf = (one: LockedTask, onTrace: (trace: string) => string = trace => trace) =>
  ({ task: one, signal: new AbortController().signal, log: createLog({ level: 'silent' }), onTrace })

describe('steps', () => {
  let fixture: DepartmentsFixture
  let department: Department

  before(async () => {
    fixture = await departmentsFixture(['hrss'])
    const http = createHttp({ baseUrl: fixture.urls.hrss, maxSockets: 4, timeoutMs: 15_000, maxBytes: 100_000 })
    department = new Department({ slug: 'hrss', http, limit: 4, metrics: createMetrics(), tracer: noTracer })
  })
  after(() => fixture.stop())
  beforeEach(() => fixture.fault('hrss', []))

  it('of the record kind hand over the task\'s own input parameters', async () => {
    const { server, runs } = memoryServer({}, 'item-1:conclude:1')
    await recordStep(server)(runOf(task({ topicName: 'common.conclude-item', variables: { result: 'approved' } })))
    expect(runs).to.deep.equal([
      ['item-1', 'common.conclude-item', {
        taskId: 't1', processInstanceId: 'p1', processDefinitionId: 'guangxi-flexible-pension:3:x', variables: { result: 'approved' }
      }]
    ])
  })

  it('of the department kind begin, act, finish and return enums only', async () => {
    const { server, finished, traceparent } = memoryServer({ ...fixture.person(0), ethnicity: null }, 'item-0:register:1')
    let trace = ''
    const variables = await departmentStep(server, () => department, register)(runOf(task(), parent => trace = parent))
    expect(variables).to.deep.equal({ registration: { value: 'registered', type: 'String' } })
    expect(finished[0]).to.deep.include({
      requestId: 'item-0:register:1', processDefinitionId: 'guangxi-flexible-pension:3:x', variables: { registration: 'registered' }, reasons: []
    })
    expect(finished[0]!.receipt!.number).to.match(/^RS/)
    expect(finished[0]!.evidence).to.deep.include({ department: 'hrss', httpStatus: 200 })
    expect(trace).to.equal(traceparent)
  })

  it('do not act again when an earlier worker finished and died before it told the engine', async () => {
    const { server, finished } = memoryServer(fixture.person(1), 'item-1:register:1')
    const step = departmentStep(server, () => department, register)
    const first = await step(runOf(task()))
    const second = await step(runOf(task({ retries: null })))
    expect(second).to.deep.equal(first)
    expect(finished).to.have.length(1)
    expect((await fixture.ledger('hrss')).filter(({ requestId }) => requestId === 'item-1:register:1')).to.have.length(1)
  })

  it('find the effect of a worker that died after it and before it told the server', async () => {
    const { server } = memoryServer(fixture.person(2), 'item-2:register:1')
    const dying: ServerApi = { ...server, finish: () => Promise.reject(new RetryableError('SERVICE_UNAVAILABLE')) }
    await departmentStep(dying, () => department, register)(runOf(task())).catch(() => undefined)
    const variables = await departmentStep(server, () => department, register)(runOf(task()))
    expect(variables).to.deep.equal({ registration: { value: 'registered', type: 'String' } })
    expect((await fixture.ledger('hrss')).filter(({ requestId }) => requestId === 'item-2:register:1')).to.have.length(1)
  })

  it('tell the server what failed and whether anybody will try again', async () => {
    await fixture.fault('hrss', [{ mode: 'maintenance' }])
    const { server, failed } = memoryServer(fixture.person(3), 'item-3:register:1')
    const step = departmentStep(server, () => department, register)
    for (const retries of [null, 1]) {
      const error = await step(runOf(task({ retries }))).catch((one: AppError) => one)
      expect((error as AppError).code).to.equal('DEPARTMENT_MAINTENANCE')
      department.breaker.succeed()
    }
    expect(failed).to.deep.equal([
      { requestId: 'item-3:register:1', code: 'DEPARTMENT_MAINTENANCE', httpStatus: 503, isFinal: false },
      { requestId: 'item-3:register:1', code: 'DEPARTMENT_MAINTENANCE', httpStatus: 503, isFinal: true }
    ])
  })

  it('keep the failure of the department when the server cannot record it', async () => {
    await fixture.fault('hrss', [{ mode: 'maintenance' }])
    const { server } = memoryServer(fixture.person(3), 'item-3:register:1')
    const mute: ServerApi = { ...server, fail: () => Promise.reject(new Error('away')) }
    const error = await departmentStep(mute, () => department, register)(runOf(task())).catch((one: AppError) => one)
    expect((error as AppError).code).to.equal('DEPARTMENT_MAINTENANCE')
  })

  it('need a business key', async () => {
    const { server } = memoryServer({}, 'x')
    const error = await Promise.resolve().then(() => recordStep(server)(runOf(task({ businessKey: null })))).catch((one: AppError) => one)
    expect((error as AppError).code).to.equal('SUBJECT_UNKNOWN')
  })
})
