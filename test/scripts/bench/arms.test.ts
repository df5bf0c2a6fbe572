import { expect } from 'chai'
import { createCryptoProvider } from '../../../server/crypto/crypto-provider.ts'
import { readContent } from '../../../server/db/applications.ts'
import type { Application } from '../../../server/db/applications.ts'
import { verifyChain } from '../../../server/db/audit.ts'
import { createRest } from '../../../server/engine/rest.ts'
import { backlog } from '../../../scripts/bench/backlog.ts'
import type { Bench, Findings } from '../../../scripts/bench/bench.ts'
import { seedApplications } from '../../../scripts/bench/growth-data.ts'
import { growth } from '../../../scripts/bench/growth.ts'
import { precheck } from '../../../scripts/bench/precheck.ts'
import { sla } from '../../../scripts/bench/sla.ts'
import { tasklist } from '../../../scripts/bench/tasklist.ts'
import { timers } from '../../../scripts/bench/timers.ts'
import { startWorld } from '../../../scripts/bench/world.ts'
import type { World } from '../../../scripts/bench/world.ts'

/** Whether each arm works on the real thing; how fast says nothing here. An arm throws when the two sides it compares differ. */
describe('the arms of the bench, as small as they get', function () {
  this.timeout(180_000)
  let world: World

  before(async () => { world = await startWorld() })
  after(async () => { await world?.stop() })

  const smoke = async (bench: Bench): Promise<Findings> => {
    const findings = await bench.run({ size: 'smoke', seed: 20260323, say: () => undefined, world })
    expect(findings.intro).not.to.be.empty
    for (const { head, rows } of findings.tables) {
      expect(rows).not.to.be.empty
      for (const row of rows) expect(row).to.have.length(head.length)
    }
    // A row that a run of this size cannot judge must not pretend.
    for (const target of findings.targets.filter(({ what }) => !what.startsWith('none '))) expect(target.isMet, target.what).to.equal(null)
    return findings
  }

  it('tasklist finds the same six times', async () => {
    const { raw } = await smoke(tasklist)
    const results = raw as { query: string; equal: number; ours: number; engine: number; statements: { ours: number; engine: number } }[]
    expect(results.map(({ query }) => query)).to.deep.equal(['mine', 'group', 'filter', 'overdue', 'far-page', 'counts'])
    for (const { query, equal, ours, engine, statements } of results) {
      expect(equal, query).to.be.above(0)
      for (const value of [ours, engine, statements.ours, statements.engine]) expect(value, query).to.be.above(0)
    }
  })

  it('sla counts as a recount does', async () => {
    const { rowCounts } = await smoke(sla)
    expect(rowCounts.items).to.be.at.least(3000)
  })

  it('precheck says what the tables say', async () => {
    const { raw } = await smoke(precheck)
    const asked = Object.values(raw as Record<string, { times: number[]; refused: number }>)
    expect(asked.map(({ times, refused }) => times.length + refused)).to.deep.equal([6, 6, 6])
  })

  it('timers fires each once, and our table knows of each once', async () => {
    const { targets, raw } = await smoke(timers)
    expect(targets.find(({ what }) => what.startsWith('none missed'))).to.include({ isMet: true })
    const { engine, history } = raw as Record<'engine' | 'history', { fired: number; audited: number }>
    for (const { fired, audited } of [engine, history]) expect(audited).to.equal(fired)
  })

  it('growth seeds cases that are whole: sealed for themselves, with a sound trail, and the engine goes on with them', async () => {
    const { db, engine, database, env } = world
    const crypto = createCryptoProvider({ dataKey: env.DATA_KEY!, hashKey: 'unused' })
    const clients = { server: await database.connect('server'), engine: await database.connect('engine') }
    const [from, to] = [60_000_001, 60_000_020]
    await seedApplications({ clients, engine, crypto }, { from, to, seed: 1 })
    const cases = await db<Application>('application').where('number', '>=', `B${from}`).where('number', '<=', `B${to}`)
    expect(cases).to.have.length(20)
    for (const one of cases) {
      expect(readContent({ crypto }, one).common).to.have.property('person')
      expect(await verifyChain(db, one.id)).to.deep.equal({ isIntact: true, count: one.closed_at === null ? 2 : 3 })
    }
    const open = cases.filter(({ closed_at }) => closed_at === null)
    expect(await db('work_item').where({ state: 'open' }).whereIn('id', open.map(({ id }) => id))).to.have.length(2)
    const [{ id }] = open as [Application, Application]
    const rest = createRest(engine)
    await rest('POST', `/task/${id}/complete`, { body: { variables: { decision: { value: 'approve', type: 'String' } } } })
    const waiting = await rest<{ activityId: string }[]>('GET', '/external-task', { query: { processInstanceId: id } })
    expect(waiting.map(({ activityId }) => activityId)).to.deep.equal(['Task_RegisterPension'])
    rest.close()
  })

  // A whole system of its own takes half a minute to start: in the long run only.
  if (process.env.BENCH_STACK) {
    it('growth plays a live case beside them and leaves nothing of it in the engine', async () => {
      const { targets } = await smoke(growth)
      expect(targets.find(({ what }) => what.startsWith('none left'))).to.include({ isMet: true })
    })
  }

  it('backlog fetches from the head of the queue', async () => {
    const { raw } = await smoke(backlog)
    expect((raw as { waiting: number }[]).map(({ waiting }) => waiting)).to.deep.equal([50])
  })
})
