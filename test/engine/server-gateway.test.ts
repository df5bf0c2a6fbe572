import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { NEVER } from '../../core/dates.ts'
import { createLog } from '../../core/log.ts'
import { createBusinessClock } from '../../server/clock.ts'
import { createDecisionService } from '../../server/engine/decisions.ts'
import { createDefinitionCache } from '../../server/engine/definition-cache.ts'
import { deployRegion } from '../../server/engine/deploy.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import type { EngineGateway } from '../../server/engine/gateway.ts'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'
import { until } from '../support/until.ts'

const DAY = 86_400_000
const profile = process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton'
const FIRST = { first: 0, max: 100 }

describe('the gateway on the real engine', function () {
  this.timeout(120_000)
  // The business clock is three days ahead of the engine's.
  const clock = createBusinessClock()
  let engine: RunningEngine
  let gateway: EngineGateway
  before(async () => {
    clock.setOffset(3 * DAY)
    engine = await startEngine({ profile })
    gateway = createEngineGateway({ ...engine, clock, log: createLog({ level: 'silent' }) })
    await deployRegion(gateway, 'processes/guangxi')
  })
  after(async () => {
    gateway?.close()
    await engine?.stop()
  })

  /** Starts flexible-pension at its first step and completes open-item, so that timers and dates are there. */
  async function openMatter(slug = 'resident-pension') {
    const itemId = randomUUID()
    const id = await gateway.startProcess(`guangxi-${slug}`, itemId,
      { applicationId: randomUUID(), itemId, region: 'guangxi', division: '450103', channel: 'online' })
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of the engine are read as they come
    const rest = async (method: string, path: string, body?: unknown): Promise<any> => {
      const response = await fetch(`${engine.url}/${path}`, {
        method, headers: { authorization: engine.authorization, 'content-type': 'application/json' }, body: JSON.stringify(body)
      })
      return response.status === 204 ? undefined : response.json()
    }
    const work = async (topicName: string, variables: unknown) => {
      const [task] = await rest('POST', 'external-task/fetchAndLock', { workerId: 'w', maxTasks: 1, topics: [{ topicName, lockDuration: 9000, businessKey: itemId }] })
      await rest('POST', `external-task/${task.id}/complete`, { workerId: 'w', variables })
      return task
    }
    return { itemId, id, rest, work }
  }
  const realDate = (business: number) => new Date(business - clock.offset).toISOString().replace('Z', '+0000')
  async function inReview() {
    const matter = await openMatter()
    const due = clock.now() + DAY
    const date = (instant: number) => ({ value: realDate(instant), type: 'Date' })
    await matter.work('common.open-item', {
      isOpen: { value: true }, reviewGroup: { value: 'hrss' }, materialsState: { value: 'complete' },
      warnAt: date(due - 1000), promisedAt: date(due), redAt: { value: '9999-12-31T00:00:00.000+0000', type: 'Date' }
    })
    await matter.work('guangxi.resident-pension.verify', { verification: { value: 'passed' } })
    await matter.work('guangxi.resident-pension.verify-special-group', { specialGroup: { value: 'confirmed' } })
    const task = await until('the review', async () => (await gateway.tasksChangedSince(0, FIRST)).find(one => one.instanceId === matter.id))
    return { ...matter, due, task }
  }

  it('tells the version, and deploys the same files only once', async () => {
    expect(await gateway.version()).to.match(/^\d+\.\d+/)
    expect((await deployRegion(gateway, 'processes/guangxi')).deployed).to.deep.equal([])
    expect(await gateway.processDefinition('guangxi-flexible-pension')).to.include({ version: 1 })
    expect(await gateway.processDefinition('nothing-of-that-name')).to.equal(undefined)
  })

  it('starts a process and finds it by its business key, running and ended', async () => {
    const { itemId, id } = await openMatter()
    const [found] = await gateway.findInstancesByBusinessKey(itemId)
    expect(found).to.include({ id, businessKey: itemId, definitionKey: 'guangxi-resident-pension', endedAt: null })
    expect(Math.abs(found!.startedAt - clock.now())).to.be.below(60_000)
    expect(await gateway.findInstancesByBusinessKey(itemId, 'guangxi-enrolment')).to.deep.equal([])
    await gateway.deleteInstance(id, 'test')
    await gateway.deleteInstance(id, 'test')
    const [ended] = await gateway.processInstances([id, randomUUID()])
    expect(ended!.endedAt).to.be.a('number')
  })

  it('sends nothing that is not on the list of variables', async () => {
    const start = (variables: Record<string, never>) => gateway.startProcess('guangxi-flexible-pension', randomUUID(), variables)
    for (const variables of [{ name: '张三' }, { channel: '张三' }, { itemId: '450103199008160244' }, { outcome: 'a450103199008160244' }, { selX: 'true' }, { warnAt: 5 }]) {
      const error = await start(variables as never).then(() => expect.fail(JSON.stringify(variables)), (refusal: unknown) => refusal)
      expect(error, JSON.stringify(variables)).to.have.property('name', 'ForbiddenVariable')
    }
  })

  it('reads tasks with business dates, hands them over and completes them once', async () => {
    const { task, due, itemId, id } = await inReview()
    expect(task).to.include({ activityId: 'Task_Review', assignee: null, dueAt: due })
    expect(Math.abs(task.createdAt - clock.now())).to.be.below(60_000)
    expect(await gateway.candidateGroups(task.id)).to.deep.equal(['hrss'])
    expect(await gateway.variableOf('reviewRuleId', [id])).to.deep.equal(new Map([[id, 'review-resident-pension']]))
    expect(await gateway.assignTask(task.id, 'hrss-gx')).to.equal('done')
    const changed = (await gateway.getTask(task.id))!
    expect([changed.assignee, changed.changedAt >= task.changedAt]).to.deep.equal(['hrss-gx', true])
    expect(await gateway.endedTask(task.id)).to.equal(undefined)
    expect(await gateway.completeTask(task.id, { decision: 'reject' })).to.equal('done')
    expect(await gateway.completeTask(task.id, { decision: 'reject' })).to.equal('gone')
    expect(await gateway.assignTask(task.id, null)).to.equal('gone')
    expect(await gateway.getTask(task.id)).to.equal(undefined)
    expect(await gateway.endedTask(task.id)).to.include({ isCompleted: true })
    expect(await gateway.correlateMessage('CorrectionSubmitted', itemId)).to.equal('nobody')
  })

  it('moves timers in business time and sees them fire, exactly once each', async () => {
    const { id, due } = await inReview()
    const timers = (await gateway.openTimers({ first: 0, max: 1000 })).filter(({ dueAt }) => dueAt === due - clock.offset)
    expect(timers).to.have.length(1)
    const since = Date.now()
    await gateway.setTimerDue(timers[0]!.id, clock.now() - 1000)
    const fired = await until('the timer', async () => (await gateway.timersFiredSince(since - 1000, FIRST)).find(one => one.instanceId === id))
    expect(fired.activityId).to.equal('BoundaryEvent_SlaPromised')
    expect(Math.abs(fired.firedAt - clock.now())).to.be.below(60_000)
    expect((await gateway.openTimers({ first: 0, max: 1000 })).some(({ dueAt }) => dueAt !== null && dueAt >= NEVER)).to.equal(true)
    await gateway.setTimerDue(timers[0]!.id, clock.now())
  })

  it('withdraws by message, and sees the task cancelled', async () => {
    const { task, itemId } = await inReview()
    expect(await gateway.correlateMessage('WithdrawRequested', itemId)).to.equal('delivered')
    expect(await gateway.correlateMessage('WithdrawRequested', itemId)).to.equal('nobody')
    expect(await gateway.endedTask(task.id)).to.include({ isCompleted: false })
    const ended = await gateway.tasksEndedSince(task.changedAt, FIRST)
    expect(ended.map(one => one.id)).to.include(task.id)
  })

  it('reads incidents where they arose, and lets them be tried again', async () => {
    const { id, rest, itemId } = await openMatter()
    const [task] = await rest('POST', 'external-task/fetchAndLock', { workerId: 'w', maxTasks: 1, topics: [{ topicName: 'common.open-item', lockDuration: 9000, businessKey: itemId }] })
    await rest('POST', `external-task/${task.id}/failure`, { workerId: 'w', errorMessage: 'x', retries: 0, retryTimeout: 0 })
    const incident = (await gateway.incidents(FIRST)).find(one => one.instanceId === id)!
    expect(incident).to.include({ type: 'failedExternalTask', isOrigin: true, configuration: task.id })
    await gateway.retryIncident(incident)
    expect((await gateway.incidents(FIRST)).find(one => one.instanceId === id)).to.equal(undefined)
  })

  it('reads from the model what a task allows and which topics a process has', async () => {
    const definitions = createDefinitionCache(gateway)
    const model = (await definitions.latest('guangxi-social-security-card'))!
    expect([...model.topics.get('common.deliver-card') ?? []]).to.deep.equal(['送达社会保障卡'])
    const { userTasks } = (await definitions.latest('guangxi-resident-pension'))!
    const { documentation, ...review } = userTasks.get('Task_Review')!
    expect(documentation).to.match(/[\u4e00-\u9fff]/)
    expect(review).to.deep.equal({
      kind: 'review', candidateGroups: '${reviewGroup}', dueDate: '${promisedAt}',
      decisions: [{ value: 'approve', label: '通过' }, { value: 'reject', label: '不予核定' }, { value: 'correct', label: '补正' }]
    })
    expect(await definitions.latest('no-such-process')).to.equal(undefined)
  })

  it('evaluates decisions, refuses a question that leaves an input out', async () => {
    const decisions = createDecisionService(gateway)
    const rows = await decisions.evaluate('guangxi-deadlines', { matter: 'resident-pension', channel: 'online' })
    expect(rows).to.have.length(1)
    expect(rows[0]).to.include({ kind: 'promised', promisedWorkingDays: 3, statutoryWorkingDays: null })
    const error = await decisions.evaluate('guangxi-deadlines', { matter: 'resident-pension' }).then(() => expect.fail('answered'), (refusal: unknown) => refusal)
    expect(error).to.include({ code: 'DECISION_FAILED' })
  })

  it('tells which version of a table led an item on, also when a later one has been released since', async () => {
    const used = async (id: string) => gateway.decisionThatAnswered(id, 'guangxi-review')
    const waiting = await openMatter()
    expect(await used(waiting.id), 'no rule task was passed').to.equal(undefined)
    const before = await inReview()
    const first = (await gateway.decisionDefinition('guangxi-review'))!
    expect(await used(before.id)).to.equal(first.id)
    const content = readFileSync('processes/guangxi/review.dmn', 'utf8').replace('</definitions>', '<!-- again --></definitions>')
    const { deployed } = await gateway.deploy('review again', 'test', [{ name: 'review.dmn', content }])
    expect(deployed).to.deep.equal(['guangxi-review'])
    const second = (await gateway.decisionDefinition('guangxi-review'))!
    expect([await used(before.id), second.version]).to.deep.equal([first.id, first.version + 1])
    expect(await used((await inReview()).id)).to.equal(second.id)
  })

  it('calls an engine that is away, or refuses our password, unavailable', async () => {
    for (const options of [{ ...engine, url: 'http://127.0.0.1:9/engine-rest' }, { ...engine, password: 'wrong' }]) {
      const other = createEngineGateway({ ...options, clock })
      const error = await other.version().then(() => expect.fail('answered'), (refusal: unknown) => refusal)
      expect(error).to.include({ name: 'RetryableError', code: 'ENGINE_UNAVAILABLE', status: 503 })
      other.close()
    }
  })
})
