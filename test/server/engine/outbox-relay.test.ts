import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { AppError, RetryableError } from '../../../core/errors.ts'
import type { ServerContext } from '../../../server/context.ts'
import { connect } from '../../../server/db/connect.ts'
import { migrate } from '../../../server/db/migrate.ts'
import { addToOutbox } from '../../../server/db/outbox.ts'
import type { OutboxEntry } from '../../../server/db/outbox.ts'
import { findWorkItem } from '../../../server/db/work-items.ts'
import type { EngineGateway } from '../../../server/engine/gateway.ts'
import { backoff, createOutboxRelay } from '../../../server/engine/outbox-relay.ts'
import { submittedCase, testContext } from '../support/case-context.ts'
import { until } from '../../support/until.ts'
import { decided, openWorkItem } from '../support/task.ts'

type Call = readonly [string, ...unknown[]]

describe('engine/outbox-relay', () => {
  let db: Knex
  let folder: string
  let now: number
  let calls: Call[]
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-'))
    db = connect({ databaseUrl: '', dataDir: folder })
    await migrate(db)
  })
  after(async () => {
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(() => {
    now = Date.parse('2026-11-23T00:00:00Z')
    calls = []
  })
  afterEach(() => db('outbox').delete())

  /** An engine of which only what a test says answers; every call is written down. */
  function contextWith(answers: Record<string, (...given: never[]) => unknown>): ServerContext {
    const engine = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, async (...given: unknown[]) => {
      calls.push([name, ...given])
      return answer(...given as never[])
    }]))
    return testContext(db, { engine: engine as unknown as EngineGateway, real: () => now })
  }
  const add = (entry: OutboxEntry) => addToOutbox(db, entry, now)
  const pending = () => db('outbox').whereNull('done_at')
  const names = () => calls.map(([name]) => name)

  it('tries again and again with growing pauses until the engine is back, then sends once', async () => {
    let isAway = true
    const ctx = contextWith({ completeTask: () => { if (isAway) throw new RetryableError('ENGINE_UNAVAILABLE'); return 'done' } })
    const task = await openWorkItem(ctx)
    await decided(ctx, task, 'approve')
    await add({ kind: 'complete-task', aggregateId: 'a', payload: { taskId: task.id, decision: 'approve' } })
    const relay = createOutboxRelay(ctx, () => 0.5)
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 14; attempt++) {
      expect(await relay.drain()).to.equal(0)
      const [row] = await pending()
      expect(row).to.include({ attempts: attempt, last_error: 'ENGINE_UNAVAILABLE', locked_until: null })
      pauses.push(row.due_at - now)
      now = row.due_at
    }
    expect(pauses.slice(0, 4)).to.deep.equal([100, 200, 400, 800])
    expect(pauses.at(-1)).to.equal(5000)
    isAway = false
    expect(await relay.drain()).to.equal(1)
    expect(await pending()).to.deep.equal([])
    expect(await findWorkItem(db, task.id)).to.include({ state: 'completed' })
    expect((await db('decision').where({ task_id: task.id }).first()).sent_at).to.be.a('number')
    expect(await relay.drain()).to.equal(0)
  })

  it('keeps no words of the engine that could tell a person', async () => {
    const ctx = contextWith({ completeTask: () => { throw new AppError('ENGINE_REFUSED', { detail: '450103199008160244' }) } })
    await add({ kind: 'complete-task', aggregateId: 'a', payload: { taskId: 't', decision: 'approve' } })
    await createOutboxRelay(ctx).drain()
    expect((await pending())[0].last_error).to.equal('ENGINE_REFUSED')
  })

  it('takes a task that is gone for completed when the engine says so, else for cancelled', async () => {
    for (const [isCompleted, state] of [[true, 'completed'], [false, 'cancelled']] as const) {
      const ctx = contextWith({ completeTask: () => 'gone', endedTask: () => ({ id: '', isCompleted, endedAt: 1, changedAt: 1 }) })
      const task = await openWorkItem(ctx)
      await add({ kind: 'complete-task', aggregateId: task.id, payload: { taskId: task.id, decision: 'approve' } })
      expect(await createOutboxRelay(ctx).drain()).to.equal(1)
      expect((await findWorkItem(db, task.id))!.state).to.equal(state)
    }
  })

  it('does not start a process that is there, and ends a second one', async () => {
    const running = (id: string, endedAt: number | null = null) => ({ id, businessKey: '', definitionId: '', definitionKey: '', startedAt: 1, endedAt })
    const ctx = contextWith({ findInstancesByBusinessKey: () => [running('first'), running('second')], deleteInstance: () => undefined })
    const { id } = await submittedCase(ctx, { matters: ['flexible-pension'] })
    await add({ kind: 'start-process', aggregateId: id, payload: {} })
    await createOutboxRelay(ctx).drain()
    expect(names()).to.deep.equal(['findInstancesByBusinessKey', 'deleteInstance'])
    expect(calls[1]![1]).to.equal('second')
    expect((await db('application').where({ id }).first()).process_started_at).to.be.a('number')
  })

  it('starts a process with the variables of the case', async () => {
    const ctx = contextWith({ findInstancesByBusinessKey: () => [], startProcess: () => 'instance' })
    const one = await submittedCase(ctx, { matters: ['flexible-pension', 'contribution'], rows: ['flexible-pension'] })
    await add({ kind: 'start-process', aggregateId: one.id, payload: {} })
    await createOutboxRelay(ctx).drain()
    const [, key, businessKey, variables] = calls[1]!
    expect([key, businessKey]).to.deep.equal(['guangxi-enrolment', one.id])
    expect(variables).to.include({ selContribution: true, flexiblePensionRowId: one.row('flexible-pension') })
  })

  it('repeats a message that nobody takes until its process has ended', async () => {
    let instances: { endedAt: number | null }[] = [{ endedAt: null }]
    const ctx = contextWith({ correlateMessage: () => 'nobody', findInstancesByBusinessKey: () => instances })
    const one = await submittedCase(ctx, { matters: ['flexible-pension'] })
    const businessKey = one.item('flexible-pension')
    await add({ kind: 'correlate-message', aggregateId: businessKey, payload: { message: 'WithdrawRequested', businessKey } })
    const relay = createOutboxRelay(ctx)
    expect(await relay.drain()).to.equal(0)
    expect((await pending())[0].last_error).to.equal('NOBODY_WAITS')
    now += 60_000
    instances = [{ endedAt: 1 }]
    expect(await relay.drain()).to.equal(1)
  })

  it('asks seldom, and for no process, while a message awaits the conclusion of its row', async () => {
    const ctx = contextWith({ correlateMessage: () => 'nobody' })
    const one = await submittedCase(ctx, { matters: ['flexible-pension', 'contribution'], rows: ['flexible-pension'] })
    const businessKey = one.row('flexible-pension')
    const payload = { message: 'PaymentReported', businessKey, awaitsConclusion: true }
    await add({ kind: 'correlate-message', aggregateId: businessKey, payload })
    const relay = createOutboxRelay(ctx, () => 0.5)
    for (const pause of [5000, 10_000]) {
      expect(await relay.drain()).to.equal(0)
      expect((await pending())[0].due_at - now).to.equal(pause)
      now += pause
    }
    expect(names()).to.deep.equal(['correlateMessage', 'correlateMessage'])
    await db('item_row').where({ id: businessKey }).update({ status: 'approved', outcome: 'approved' })
    expect(await relay.drain()).to.equal(0)
    expect((await pending())[0].due_at - now, 'soon once it is concluded').to.equal(400)
    expect(names()).to.not.include('findInstancesByBusinessKey')
  })

  /** A correction that was handed in, and that the process has gone on with. */
  async function takenCorrection(ctx: ServerContext) {
    const one = await submittedCase(ctx, { matters: ['resident-pension'] })
    const id = one.item('resident-pension')
    const correctionId = await decided(ctx, await openWorkItem(ctx, { application_id: one.id, item_id: id }), 'correct')
    await db('correction').where({ id: correctionId }).update({ status: 'submitted' })
    await db('clock_interval').insert({ id, subject_id: id, kind: 'correction', started_on: '2026-03-24', ended_on: '2026-03-25', reason: correctionId })
    await add({ kind: 'correlate-message', aggregateId: id, payload: { message: 'CorrectionSubmitted', businessKey: id, correctionId } })
    return { applicationId: one.id, id }
  }

  it('tells an engine of a backup again of a correction, though our tables say that it was taken', async () => {
    for (const answer of ['delivered', 'nobody']) {
      calls = []
      const ctx = contextWith({ correlateMessage: () => answer })
      const { id } = await takenCorrection(ctx)
      expect(await createOutboxRelay(ctx).drain(), answer).to.equal(1)
      expect(calls).to.deep.equal([['correlateMessage', 'CorrectionSubmitted', id]])
    }
  })

  it('does not send a correction twice into a later round', async () => {
    const ctx = contextWith({ correlateMessage: () => 'delivered' })
    const { applicationId, id } = await takenCorrection(ctx)
    now += 1
    await decided(ctx, await openWorkItem(ctx, { application_id: applicationId, item_id: id }), 'correct')
    expect(await createOutboxRelay(ctx).drain()).to.equal(1)
    expect(calls).to.deep.equal([])
  })

  describe('setting the timers of a clock', () => {
    const running = { id: 'i', businessKey: '', definitionId: '', definitionKey: '', startedAt: 1, endedAt: null }
    /** Adds an entry for an engine whose questions take so long; `failing` says which timer it does not set. */
    async function drain(each: number, failing = '') {
      const ctx = contextWith({
        findInstancesByBusinessKey: () => { now += each; return [running] },
        timersOf: (_instance: string, activityId: string) => [{ id: activityId }],
        setTimerDue: (id: string) => { if (id === failing) throw new RetryableError('ENGINE_UNAVAILABLE') }
      })
      await add({ kind: 'set-clock-timers', aggregateId: 'item', payload: { warnAt: 1, promisedAt: 2, redAt: 3 } })
      return createOutboxRelay(ctx).drain()
    }
    const set = () => calls.filter(([name]) => name === 'setTimerDue').map(([, id, at]) => [id, at])
    const all = [['BoundaryEvent_SlaWarn', 1], ['BoundaryEvent_SlaPromised', 2], ['BoundaryEvent_SlaRed', 3]]

    it('asks for all at once and then sets all, so that it takes three calls at the most one after the other', async () => {
      expect(await drain(0)).to.equal(1)
      expect(names()).to.deep.equal(['findInstancesByBusinessKey', ...Array(3).fill('timersOf'), ...Array(3).fill('setTimerDue')])
      expect(set()).to.deep.equal(all)
    })

    it('sets nothing when the engine was so slow that its lock may end before it', async () => {
      expect(await drain(15_001)).to.equal(0)
      expect(set()).to.deep.equal([])
      expect((await pending())[0]).to.include({ attempts: 1, last_error: 'ENGINE_UNAVAILABLE' })
    })

    it('sets the others though one fails, and comes again', async () => {
      expect(await drain(0, 'BoundaryEvent_SlaWarn')).to.equal(0)
      expect(set()).to.deep.equal(all)
      expect(await pending()).to.have.length(1)
    })
  })

  it('sends many aggregates side by side and one slow one holds up no other', async () => {
    let release: () => void = () => undefined
    const ctx = contextWith({
      completeTask: (taskId: string) => (taskId === 'slow' ? new Promise<string>(resolve => { release = () => resolve('done') }) : 'done')
    })
    // The slow one is the seventeenth: it alone is taken when the first of sixteen hands comes free.
    const due = (aggregateId: string, dueAt: number) => add({ kind: 'complete-task', aggregateId, payload: { taskId: aggregateId, decision: 'x' }, dueAt })
    await due('slow', now - 1)
    for (let index = 0; index < 50; index++) await due(`a${index}`, index < 16 ? now - 2 : now)
    const relay = createOutboxRelay(ctx)
    const drained = relay.drain()
    await until('all others', async () => (await pending()).length === 1, 5000)
    release()
    expect(await drained).to.equal(51)
  })

  it('scatters its pauses by a fifth either way', () => {
    expect([backoff(1, () => 0), backoff(1, () => 1), backoff(40, () => 0.5)]).to.deep.equal([80, 120, 60_000])
  })
})
