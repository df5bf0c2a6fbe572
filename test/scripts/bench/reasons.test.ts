import { expect } from 'chai'
import type { Findings } from '../../../scripts/bench/bench.ts'
import { enrolmentFindings } from '../../../scripts/bench/enrolment-arm.ts'
import type { ArmFigures, EnrolmentFigures } from '../../../scripts/bench/enrolment.ts'
import { growthFindings } from '../../../scripts/bench/growth-report.ts'
import { tasklistFindings } from '../../../scripts/bench/tasklist-report.ts'
import { timersFindings } from '../../../scripts/bench/timers-report.ts'
import type { TimerFigures } from '../../../scripts/bench/timers-report.ts'

const reason = ({ targets }: Findings, what: string): string | undefined => targets.find(target => target.what.includes(what))!.reason

describe('the reasons of what the bench misses', () => {
  const arm = (perSecond: number, cpuOfEach: Readonly<Record<string, number>>, postgres: number, idleMs: number): ArmFigures => ({
    idleMs, rounds: [{
      perSecond, cpuOfEach, postgres, cpu: Object.values(cpuOfEach).reduce((sum, one) => sum + one, 0),
      statements: 1500 * postgres, walBytes: 2 ** 20 * postgres
    }]
  })
  const figures = (pace: number): EnrolmentFigures => ({
    cases: 150, cores: 2,
    arms: {
      ours: arm(pace, { engine: 0.34, server: 0.2, workers: 0.06 }, 0.4, 1400),
      tuned: arm(6, { engine: 0.16, workers: 0.04 }, 0.1, 600), defaults: arm(1.4, { engine: 0.3, workers: 0.04 }, 0.2, 3900)
    }
  })

  it('enrolment names the parts of a case, and what the processors allow', () => {
    const findings = enrolmentFindings(figures(1.9), 'full')
    expect(reason(findings, 'CPU-seconds')).to.contain('server 0.200, engine 0.180, workers 0.020 CPU-s; 600 against 150 statements')
    expect(reason(findings, 'cases/s against the bare engine')).to.contain('costs 1.000 CPU-s against 0.300, which alone gives 0.30x')
    expect(reason(findings, 'cases/s against the client')).to.contain('2 processors allow 2.00 cases/s at most, and 2x would be 2.80')
    expect(reason(findings, 'one case')).to.contain('may take 1300 ms').and.contain('takes 600, so 800')
    expect(enrolmentFindings(figures(1.9), 'quick').targets.map(({ reason: given }) => given)).to.deep.equal(Array(4).fill(undefined))
  })

  it('enrolment does not blame the processors for a pace that they do not explain', () => {
    expect(reason(enrolmentFindings(figures(0.5), 'full'), 'cases/s against the bare engine')).to.equal(undefined)
  })

  it('tasklist says that no page of ours could be so quick, unless one was', () => {
    const result = (tasks: number, query: string, ours: number, engine: number) => ({
      tasks, query, isByVariable: query === 'filter', ours, engine, ratio: { value: engine / ours, low: 1, high: 2 },
      calls: { ours: 9, engine: 9 }, statements: { ours: 5, engine: 6 }, equal: 20
    })
    const findings = (quickest: number) => tasklistFindings('full', [
      result(10_000, 'mine', 19, 38), result(10_000, 'filter', quickest, 38), result(1_000_000, 'mine', 25, 58), result(1_000_000, 'filter', 22, 2000)
    ], 1_000_000)
    expect(reason(findings(17), 'other five')).to.contain('by an index (38.0 ms at 10,000, 58.0 now)')
      .and.contain('11.6 ms instead of 25.0').and.contain('less than 17.0 (filter at 10,000)')
    expect(reason(findings(9), 'other five')).to.equal(undefined)
  })

  it('timers blames the processors only when they were busy', () => {
    const storm = { fired: 10_000, seconds: 80, engineSeconds: 78, latenessSeconds: 18, missed: 0, twice: 0, audited: 10_000 }
    const findings = (busy: number) => timersFindings({ timers: 10_000, withinMs: 60_000, milestones: 100_000, quietMs: 1, perSecond: 5 }, {
      engine: storm, history: storm, desk: { quiet: [1], engine: [4], history: [1] }, busy: { quiet: 0.2, engine: busy, history: 0.99 },
      ratios: { engine: { value: 3.3, low: 3, high: 4 }, history: { value: 1.2, low: 1, high: 2 } }
    } satisfies TimerFigures)
    expect(reason(findings(0.97), 'desk')).to.contain('97 % busy while the engine fired and 20 % in the quiet')
    expect(reason(findings(0.6), 'desk')).to.equal(undefined)
  })

  it('growth says which part grows and which tables take the room', () => {
    const costs = (factor: number, logRecords = 1) => ({
      application: 1, postgres: factor, statementsServer: 1, statementsEngine: 1, log: factor, logRecords, logPages: factor,
      tablesServer: 100 * 1024, tablesEngine: 90 * 1024
    })
    const step = (seeded: number, factor: number, logRecords = 1) => ({
      seeded, cases: 10, costs: [costs(factor, logRecords)], standing: costs(0), instances: 3, left: 0,
      tables: { server: { audit_event: 60 * 1024, item: 40 * 1024 }, engine: { act_hi_varinst: 60 * 1024, act_hi_actinst: 30 * 1024 } }
    })
    const findings = growthFindings('full', 1, [step(1_000, 1), step(1_000_000, 1000)], {})
    expect(reason(findings, 'CPU-seconds')).to.match(/^by parts: that of PostgreSQL 1\.000, that of engine, server and workers 0\.000/)
    expect(reason(findings, 'bytes of the log')).to.contain('1.00 and 1.00 records, but 1.00 and 1000 pages go whole into the log')
    const unpaged = { ...step(1_000, 1), costs: [{ ...costs(1), logPages: 0 }] }
    expect(reason(growthFindings('full', 1, [unpaged, step(1_000_000, 1000)], {}), 'bytes of the log')).to.contain('but 0.00 and 1000 pages')
    expect(reason(growthFindings('full', 1, [step(1_000, 1), step(1_000_000, 1000, 9)], {}), 'bytes of the log')).to.equal(undefined)
    expect(reason(findings, 'process instance')).to.contain('act_hi_varinst (20.0 KB), act_hi_actinst (10.0 KB)')
    expect(reason(findings, 'an application')).to.contain('audit_event (60.0 KB), item (40.0 KB)')
  })
})
