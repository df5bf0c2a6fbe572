import { expect } from 'chai'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createLog } from '../../../core/log.ts'
import { noTracer } from '../../../core/spans.ts'
import { findTopics } from '../../../workers/runtime/find-topics.ts'
import { createMetrics } from '../../../workers/runtime/metrics.ts'
import { createWorkerSet } from '../../../workers/runtime/worker-set.ts'
import type { WorkerSet } from '../../../workers/runtime/worker-set.ts'
import { ProcessPlayer } from '../../engine/process-player.ts'
import { startEngine } from '../../support/engine.ts'
import type { RunningEngine } from '../../support/engine.ts'
import { until } from '../../support/until.ts'
import { departmentsFixture } from '../departments-fixture.ts'
import type { DepartmentsFixture } from '../departments-fixture.ts'
import { memoryServer, TOKEN_SECRET } from '../memory-server.ts'
import type { MemoryServer } from '../memory-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const exampleOf = (slug: string) =>
  JSON.parse(readFileSync(`${root}/forms/guangxi/${slug}.schema.json`, 'utf8')).examples[0] as Record<string, unknown>

// Operaton unless the suite runs for Camunda.
const profile = process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton'

describe('all workers on the real engine and the real departments', function () {
  this.timeout(120_000)
  let engine: RunningEngine
  let player: ProcessPlayer
  let departments: DepartmentsFixture
  let server: MemoryServer
  let set: WorkerSet
  let nextPerson = 0

  before(async () => {
    [engine, departments, server] = await Promise.all([
      startEngine({ profile }), departmentsFixture(['hrss', 'medical', 'tax', 'data-sharing', 'post']), memoryServer()
    ])
    player = new ProcessPlayer(engine)
    await player.deploy('processes/guangxi')
    set = createWorkerSet({
      engineUrl: engine.url, engineUser: engine.user, enginePassword: engine.password,
      internalUrl: server.url, tokenSecret: TOKEN_SECRET, departmentUrls: departments.urls,
      topics: await findTopics(root), metrics: createMetrics(), log: createLog({ level: 'silent' }), tracer: noTracer, limits: { drainMs: 1_000, pausesMs: 100 }
    })
    set.start()
  })
  after(async () => {
    await set?.drain()
    await Promise.all([engine?.stop(), departments?.stop(), server?.stop()])
  })

  const ended = (id: string) => until('the end of the case', async () =>
    (await player.get(`history/process-instance/${id}`)).state === 'COMPLETED', 30_000)
  const stepsOf = (id: string) => server.finished.filter(({ subject }) => subject === id)
  const outcomesOf = (id: string) => Object.assign({}, ...stepsOf(id).map(({ variables }) => variables)) as Record<string, unknown>

  /** Starts a matter as the umbrella would, for a new person. */
  async function start(slug: string, item: Record<string, unknown>, more: { row?: object, insurance?: string, person?: object } = {}) {
    const id = randomUUID()
    const person = { ...(more.person ?? departments.person(nextPerson++)) }
    server.add(id, {
      slug, ...(more.insurance && { insurance: more.insurance }),
      content: { common: { person }, item, row: more.row ?? null }
    })
    const instance = await player.start(`guangxi-${slug}`, id, {
      applicationId: randomUUID(), itemId: id, region: 'guangxi', division: '450103', channel: 'online'
    })
    return { id, instance, person }
  }

  it('poll with one client per department and one for the record steps', async () => {
    expect(set.workers.map(({ name }) => name)).to.have.members(['common', 'data-sharing', 'hrss', 'medical', 'post', 'tax'])
    await until('every client to have polled', async () => set.late().length === 0)
  })

  const registrations = ['flexible-pension', 'resident-medical', 'flexible-medical']
  for (const slug of registrations) {
    it(`${slug} is decided without a person and registered once`, async () => {
      const { id, instance } = await start(slug, exampleOf(slug))
      await ended(instance)
      expect(outcomesOf(id)).to.include({ verification: 'passed', registration: 'registered' })
      const ledger = (await departments.ledger(slug.endsWith('pension') ? 'hrss' : 'medical'))
      expect(ledger.filter(({ requestId }) => requestId === `${id}:register:1`)).to.have.length(1)
      const runs = server.runs.filter(({ subject }) => subject === id)
      expect(runs.map(({ topic, variables }) => [topic, variables])).to.deep.equal([
        ['common.open-item', {}], ['common.conclude-item', { result: 'approved' }]
      ])
      for (const { processDefinitionId } of runs) expect(processDefinitionId, 'the version of the process').to.match(new RegExp(`^guangxi-${slug}:1:`))
    })
  }

  it('leaves the tasks of a paused topic alone, and takes them when it goes on', async () => {
    const topic = 'guangxi.flexible-pension.register'
    const questions = (): number => server.received.filter(({ path }) => path.endsWith('/topics/paused')).length
    const before = questions()
    server.paused.add(topic)
    // The second question after it is put once the answer to the first is heeded.
    await until('the pause to be known', async () => questions() > before + 2)
    const { id, instance } = await start('flexible-pension', exampleOf('flexible-pension'))
    const waiting = async () => (await player.get(`external-task?topicName=${topic}&maxResults=9`)) as unknown as { workerId: string | null }[]
    await until('the step to wait', async () => (await waiting()).length === 1)
    const asked = server.received.length
    await until('some more rounds', async () => server.received.length > asked + 5)
    await until('what an open poll still brought to be given back', async () => (await waiting()).every(({ workerId }) => workerId === null))
    expect(stepsOf(id).map(one => one.topic)).to.not.include(topic)
    server.paused.delete(topic)
    await ended(instance)
    expect(stepsOf(id).filter(one => one.topic === topic)).to.have.length(1)
  })

  for (const slug of ['archive-transfer', 'resident-pension']) {
    it(`${slug} is registered after a person approved`, async () => {
      const { id, instance } = await start(slug, exampleOf(slug))
      await player.decide(id, 'Task_Review', 'approve')
      await ended(instance)
      expect(outcomesOf(id)).to.include({ registration: 'registered' })
    })
  }

  it('archive-transfer the other way checks the letter and dispatches the file', async () => {
    const { id, instance } = await start('archive-transfer', { ...exampleOf('archive-transfer'), direction: 'dispatch' })
    await player.decide(id, 'Task_Review', 'approve')
    await ended(instance)
    expect(stepsOf(id).map(({ topic }) => topic.split('.').at(-1))).to.deep.equal(['verify', 'check-letter', 'dispatch'])
  })

  it('social-security-card without a photo goes to a person, is ordered, and waits for the maker', async () => {
    const { id, instance } = await start('social-security-card', exampleOf('social-security-card'))
    await player.decide(id, 'Task_Review', 'approve')
    await until('the order', async () => outcomesOf(id)['registration'] === 'registered')
    expect(outcomesOf(id)).to.include({ photo: 'doubtful' })
    await until('the message to be awaited', () => player.message('CardProduced', id).then(() => true))
    await ended(instance)
  })

  for (const slug of ['resident-medical-change', 'flexible-medical-change']) {
    it(`${slug} of a person who is not insured is in doubt, and refused by the department`, async () => {
      const { id, instance } = await start(slug, exampleOf(slug))
      await player.decide(id, 'Task_Review', 'approve')
      await ended(instance)
      expect(outcomesOf(id)).to.include({ verification: 'doubtful', registration: 'refused', changesNameOrIdNumber: false })
      expect(stepsOf(id).at(-1)!.reasons.map(({ code }) => code)).to.deep.equal(['NOT_REGISTERED'])
    })
  }

  it('contribution asks the insurance\'s own department, is assessed and declared, and waits for the payment', async () => {
    const insured = await start('flexible-medical', exampleOf('flexible-medical'))
    await ended(insured.instance)
    const row = { insurance: 'flexible-medical', periodStart: '2026-04-01', periodEnd: '2026-04-30' }
    const { id, instance } = await start('contribution', exampleOf('contribution'), {
      row, insurance: 'flexible-medical', person: insured.person
    })
    await until('the declaration', async () => outcomesOf(id)['registration'] === 'registered')
    const [enrolment, assessment, declaration] = stepsOf(id)
    expect(enrolment!.evidence.department).to.equal('medical')
    expect(outcomesOf(id)).to.include({ enrolment: 'enrolled', assessment: 'assessed' })
    expect(assessment!.amounts!.amountFen).to.be.greaterThan(0)
    expect(declaration!.amounts).to.deep.equal(assessment!.amounts)
    await until('the message to be awaited', () => player.message('PaymentReported', id).then(() => true))
    await ended(instance)
  })

  it('contribution of a person who is not insured is refused with a reason', async () => {
    const row = { insurance: 'flexible-pension', base: 405400, periodStart: '2026-04-01', periodEnd: '2026-04-30' }
    const { id, instance } = await start('contribution', exampleOf('contribution'), { row, insurance: 'flexible-pension' })
    await ended(instance)
    expect(outcomesOf(id)).to.deep.equal({ enrolment: 'not-enrolled' })
    expect(stepsOf(id)[0]!.evidence.department).to.equal('hrss')
  })

  it('a department that is down holds up nobody else, and its cases end when it is back', async () => {
    await departments.fault('hrss', [{ mode: 'error' }])
    const held = await start('flexible-pension', exampleOf('flexible-pension'))
    const free = await start('resident-medical', exampleOf('resident-medical'))
    await ended(free.instance)
    expect(outcomesOf(held.id)).not.to.have.property('registration')
    await departments.fault('hrss', [])
    await ended(held.instance)
    const ledger = await departments.ledger('hrss')
    expect(ledger.filter(({ requestId }) => requestId === `${held.id}:register:1`)).to.have.length(1)
  })

  it('leaves the decision to a person when nobody can be asked about the applicant', async () => {
    await departments.fault('data-sharing', [{ mode: 'error' }])
    const { id, instance } = await start('flexible-pension', exampleOf('flexible-pension'))
    await until('the review', async () => (await player.get(`task?processInstanceBusinessKey=${id}&maxResults=2`)).length === 1)
    expect(outcomesOf(id)).to.deep.equal({ verification: 'unavailable' })
    await departments.fault('data-sharing', [])
    await player.decide(id, 'Task_Review', 'approve')
    await ended(instance)
  })
})
