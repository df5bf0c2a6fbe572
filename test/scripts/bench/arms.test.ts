import { expect } from 'chai'
import { backlog } from '../../../scripts/bench/backlog.ts'
import type { Bench, Findings } from '../../../scripts/bench/bench.ts'
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
    for (const target of findings.targets.filter(({ what }) => !what.startsWith('none missed'))) expect(target.isMet, target.what).to.equal(null)
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
    expect((raw as { cold: number[] }).cold).to.have.length(6)
  })

  it('timers fires each once, and our table knows of each once', async () => {
    const { targets, raw } = await smoke(timers)
    expect(targets.find(({ what }) => what.startsWith('none missed'))).to.include({ isMet: true })
    const { engine, history } = raw as Record<'engine' | 'history', { fired: number; audited: number }>
    for (const { fired, audited } of [engine, history]) expect(audited).to.equal(fired)
  })

  it('backlog fetches from the head of the queue', async () => {
    const { raw } = await smoke(backlog)
    expect((raw as { waiting: number }[]).map(({ waiting }) => waiting)).to.deep.equal([50])
  })
})
