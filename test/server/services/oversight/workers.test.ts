import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { expect } from 'chai'
import type { Knex } from 'knex'
import type { Actor } from '../../../../server/auth/actor.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { addToOutbox, markOutboxDone } from '../../../../server/db/outbox.ts'
import { keepReconciliation } from '../../../../server/db/reconciliation.ts'
import type { EngineGateway } from '../../../../server/engine/gateway.ts'
import { workersView } from '../../../../server/services/oversight/topic-names.ts'
import { workersState } from '../../../../server/services/oversight/workers.ts'
import { createMetrics } from '../../../../workers/runtime/metrics.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { freePorts } from '../../../support/ports.ts'
import { modelsOnly, testContext } from '../../support/case-context.ts'

const BEGIN = Date.parse('2026-03-24T02:00:00Z')

onBothDatabases('services/oversight/workers', database => {
  let db: Knex
  let worker: Server | undefined

  beforeEach(async () => { db = await database.openMigrated() })
  afterEach(() => worker?.close())

  const contextOf = async (engine: Partial<EngineGateway>): Promise<ServerContext> =>
    testContext(db, { engine: engine as EngineGateway, env: { PORT: String((await freePorts(1))[0]! - 2) }, real: () => BEGIN + 60_000 })

  /** A worker with these figures at the place where the server looks for it. */
  const listen = async (ctx: ServerContext): Promise<void> => {
    const metrics = createMetrics('1.2.3')
    metrics.tasks.inc({ topic: 'guangxi.contribution.declare', outcome: 'complete' }, 3)
    metrics.tasks.inc({ topic: 'guangxi.contribution.declare', outcome: 'failure' })
    metrics.lastFetch.set({ client: 'tax' }, BEGIN / 1000)
    metrics.circuit.set({ department: 'tax' }, 2)
    worker = createServer((request, response) => {
      if (request.url === '/metrics') void metrics.registry.metrics().then(text => response.end(text))
      else response.end(JSON.stringify({ waiting: ['tax'] }))
    })
    await new Promise<void>(resolve => worker!.listen(ctx.config.port + 2, '127.0.0.1', resolve))
  }

  it('tells the version, what each step did, and how long the oldest task of a topic waits', async () => {
    const ctx = await contextOf({ waitingTasks: () => Promise.resolve([
      { topic: 'guangxi.contribution.declare', createdAt: BEGIN }, { topic: 'guangxi.contribution.declare', createdAt: BEGIN + 5000 },
      { topic: 'common.open-item', createdAt: BEGIN + 10_000 }
    ]) })
    await listen(ctx)
    const { isAlive, version, asOf, clients, topics, circuits } = await workersState(ctx)
    expect({ isAlive, version, asOf: Date.parse(asOf) }).to.deep.equal({ isAlive: true, version: '1.2.3', asOf: BEGIN + 60_000 })
    expect(clients.map(({ client, isLate }) => [client, isLate])).to.deep.equal([['tax', true]])
    expect(circuits).to.deep.equal([{ department: 'tax', state: 'open' }])
    expect(topics.map(({ topic, waiting, oldestAt, outcomes }) => [topic, waiting, Date.parse(oldestAt!), outcomes])).to.deep.equal([
      ['common.open-item', 1, BEGIN + 10_000, {}],
      ['guangxi.contribution.declare', 2, BEGIN, { complete: 3, failure: 1 }]
    ])
  })

  it('calls each topic as the processes in force do, and lists which one may pause', async () => {
    const actor: Actor = { key: 'k', account: 'supervisor-gx', roles: ['supervisor'], region: 'guangxi', department: null, division: null, personKey: null }
    const tasks = ['common.conclude-item', 'guangxi.contribution.declare', 'guangxi.no-such.step', 'ningxia.contribution.declare']
      .map(topic => ({ topic, createdAt: BEGIN }))
    const definition = { kind: 'process' as const, id: 'guangxi-contribution', key: 'guangxi-contribution', name: '', version: 1 }
    const ctx = await contextOf({
      ...modelsOnly, waitingTasks: () => Promise.resolve(tasks),
      definitionsInForce: prefix => Promise.resolve(prefix === 'guangxi-' ? [definition, { ...definition, kind: 'decision', id: 'none' }] : [])
    })
    const { topics, pausable } = await workersView(ctx, actor)
    expect(topics.map(({ name }) => name)).to.deep.equal(['记录尚未参保、记录不予核定、记录未能核定等 5 种', '申报社会保险费', null, null])
    expect(pausable).to.deep.include({ topic: 'guangxi.contribution.declare', name: '申报社会保险费' })
    expect(pausable.filter(({ topic }) => !topic.startsWith('guangxi.'))).to.deep.equal([])
    expect((await workersView(ctx, { ...actor, division: '450100' })).pausable).to.deep.equal([])
    const all = (await workersView(ctx, { ...actor, roles: ['admin'], region: null })).pausable.map(({ topic }) => topic)
    expect(all).to.include.members(['common.conclude-item', 'guangxi.contribution.declare', 'ningxia.contribution.declare'])
    ctx.engine.definitionsInForce = () => Promise.reject(new Error('away'))
    expect((await workersView(ctx, actor)).pausable).to.deep.include({ topic: 'guangxi.contribution.declare', name: null })
  })

  it('asks topic by topic when more waits than one question shows', async () => {
    const asked: (string | undefined)[] = []
    const ctx = await contextOf({
      countWaiting: () => Promise.resolve(700),
      waitingTasks: (most, topic) => {
        asked.push(topic)
        return Promise.resolve(topic === undefined ? Array.from({ length: most }, () => ({ topic: 'common.open-item', createdAt: BEGIN }))
          : topic === 'common.open-item' ? [{ topic, createdAt: BEGIN }] : [])
      }
    })
    const { topics } = await workersState(ctx)
    expect(topics.map(({ topic, waiting }) => [topic, waiting])).to.deep.equal([['common.open-item', 700]])
    expect(asked).to.include('ningxia.contribution.declare')
  })

  it('takes a worker whose answers break off for one that does not answer', async () => {
    const ctx = await contextOf({ waitingTasks: () => Promise.resolve([]) })
    worker = createServer((_, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('worker_info', () => response.destroy())
    })
    await new Promise<void>(resolve => worker!.listen(ctx.config.port + 2, '127.0.0.1', resolve))
    expect(await workersState(ctx)).to.deep.include({ isAlive: false, clients: [] })
  })

  it('tells the oldest row of each lane and the last comparison, also while worker and engine are away', async () => {
    const ctx = await contextOf({ waitingTasks: () => Promise.reject(new Error('away')) })
    const done = await addToOutbox(db, { kind: 'start-process', aggregateId: 'a', payload: {} }, BEGIN - 60_000)
    await addToOutbox(db, { kind: 'send-message', aggregateId: 'b', payload: {} }, BEGIN)
    await addToOutbox(db, { kind: 'send-message', aggregateId: 'c', payload: {} }, BEGIN + 1000)
    await markOutboxDone(db, done, BEGIN)
    expect((await workersState(ctx)).reconciliation).to.equal(null)
    await keepReconciliation(db, { at: BEGIN, differences: { missing: 2, stale: 0 } })
    const { isAlive, version, outbox, reconciliation } = await workersState(ctx)
    expect({ isAlive, version }).to.deep.equal({ isAlive: false, version: null })
    const [engine, message, platform] = outbox.lanes
    expect([engine, platform]).to.deep.equal([{ lane: 'engine', pending: 0, oldestAt: null }, { lane: 'platform', pending: 0, oldestAt: null }])
    expect([message!.pending, Date.parse(message!.oldestAt!) >= BEGIN]).to.deep.equal([2, true])
    expect([outbox.pending, outbox.stuck]).to.deep.equal([2, 0])
    expect(reconciliation).to.deep.include({ total: 2, differences: { missing: 2, stale: 0 } })
    expect(Date.parse(reconciliation!.at)).to.equal(BEGIN)
  })
})
