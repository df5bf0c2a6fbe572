import { randomOf } from '../../test/support/random.ts'
import { figure, judged } from './bench.ts'
import type { Findings, Size, Target } from './bench.ts'
import type { Counted } from './growth-step.ts'
import { MOST, largestTables, reasonOfGrowth, reasonOfLog } from './growth-reasons.ts'
import { growthEstimate } from './statistics.ts'
import type { Estimate } from './statistics.ts'

export interface GrowthStep {
  readonly seeded: number
  readonly cases: number
  /** What one case cost, round by round. */
  readonly costs: readonly Counted[]
  /** What a second costs without any. */
  readonly standing: Counted
  /** Bytes that each table has grown by for one case, with its indexes. */
  readonly tables: Readonly<Record<'server' | 'engine', Readonly<Record<string, number>>>>
  /** Process instances of one case. */
  readonly instances: number
  /** Rows of the engine's runtime tables that are more or fewer than before the cases. */
  readonly left: number
}

const KB = 1024
const MANY = 1_000_000

/** What of the costs has a bound, or is told beside it; `parts` are those of which a bound one is the sum. */
interface Grown {
  readonly what: string
  readonly of: (costs: Counted) => number
  readonly isBound: boolean
  readonly parts?: readonly (keyof Counted)[]
  /** Why it grows, for one of which more is known than its parts. */
  readonly why?: (steps: readonly GrowthStep[]) => string | undefined
}

const GROWN: readonly Grown[] = [
  { what: 'CPU-seconds', of: ({ application, postgres }) => application + postgres, isBound: true, parts: ['application', 'postgres'] },
  { what: 'CPU-seconds of engine, server and workers', of: ({ application }) => application, isBound: false },
  { what: 'CPU-seconds of PostgreSQL', of: ({ postgres }) => postgres, isBound: false },
  { what: 'statements', of: ({ statementsServer, statementsEngine }) => statementsServer + statementsEngine, isBound: true, parts: ['statementsServer', 'statementsEngine'] },
  { what: 'bytes of tables', of: ({ tablesServer, tablesEngine }) => tablesServer + tablesEngine, isBound: true, parts: ['tablesServer', 'tablesEngine'] },
  { what: 'bytes of the log', of: ({ log }) => log, isBound: true, why: reasonOfLog }
]

/** The findings of `growth` from its steps. */
export function growthFindings(
  size: Size, seed: number, steps: readonly GrowthStep[], rowCounts: Readonly<Record<string, number>>
): Findings {
  const exponents = GROWN.map(one => ({
    ...one,
    exponent: growthEstimate(steps.map(({ seeded, costs }) => ({ size: seeded, costs: costs.map(one.of) })), randomOf(seed))
  }))
  const number = (value: number) => value.toLocaleString('en-GB')
  const mean = ({ costs }: GrowthStep, of: (costs: Counted) => number) =>
    costs.reduce((sum, one) => sum + of(one), 0) / costs.length
  return {
    title: 'What a live case costs on a full house',
    intro: [
      `Whole cases of two registrations and two declaration rows go through the whole system beside ever more seeded applications: each with item, task, decision and audit trail here, and its history in the engine; one in ten is still under way, with a running instance, its task and its timers.`,
      'Server and workers stand still while rows are seeded, start anew and warm up. Then the system is watched without any case, and what its loops use is taken off what the cases cost. The stand-ins of the departments and the load are processes of their own and not counted.'
    ],
    tables: [
      {
        title: 'One live case', head: ['seeded', 'cases', 'CPU-s (engine, server, workers)', 'CPU-s (PostgreSQL)', 'statements, server / engine', 'KB of log', 'records of it / whole pages', 'KB of tables an application', 'KB of tables a process instance'],
        rows: steps.map(step => [
          number(step.seeded), step.cases,
          figure(mean(step, ({ application }) => application)), figure(mean(step, ({ postgres }) => postgres)),
          `${figure(mean(step, ({ statementsServer }) => statementsServer))} / ${figure(mean(step, ({ statementsEngine }) => statementsEngine))}`,
          figure(mean(step, ({ log }) => log) / KB),
          `${figure(mean(step, ({ logRecords }) => logRecords))} / ${figure(mean(step, ({ logPages }) => logPages))}`,
          figure(applicationKb(step)), figure(instanceKb(step))
        ])
      },
      {
        title: 'Exponent of the growth (cost ~ seeded^k)', head: ['cost of a case', 'k', '95 %'],
        rows: exponents.map(({ what, exponent }) => [what, signed(exponent.value), `${signed(exponent.low)} – ${signed(exponent.high)}`])
      },
      {
        title: 'Without any case, a minute', head: ['seeded', 'CPU-s (engine, server, workers)', 'CPU-s (PostgreSQL)', 'statements, server / engine'],
        rows: steps.map(({ seeded, standing }) => [
          number(seeded), figure(standing.application * 60), figure(standing.postgres * 60),
          `${figure(standing.statementsServer * 60)} / ${figure(standing.statementsEngine * 60)}`
        ])
      }
    ],
    targets: targetsOf(steps, exponents),
    rowCounts,
    raw: steps,
    notes: [
      ...(size === 'full' ? [] : [`At most ${number(steps.at(-1)!.seeded)} applications; the design speaks of ${number(MANY)}: \`npm run bench -- growth\`.`]),
      'Every five minutes the server compares all open tasks with the engine\'s; that falls between the measured spans.'
    ]
  }
}

const applicationKb = ({ costs }: GrowthStep): number =>
  costs.reduce((sum, { tablesServer }) => sum + tablesServer, 0) / costs.length / KB
const instanceKb = ({ costs, instances }: GrowthStep): number =>
  costs.reduce((sum, { tablesEngine }) => sum + tablesEngine, 0) / costs.length / instances / KB
const signed = (value: number): string => Number.isFinite(value) ? value.toFixed(3) : '–'

function targetsOf(
  steps: readonly GrowthStep[],
  exponents: readonly (Grown & { readonly exponent: Estimate })[]
): Target[] {
  const isWhole = steps.at(-1)!.seeded >= MANY
  const tells = (isMet: boolean) => isWhole ? isMet : null
  const most = (of: (step: GrowthStep) => number) => Math.max(...steps.map(of))
  const left = steps.reduce((sum, step) => sum + step.left, 0)
  return [
    ...exponents.filter(({ isBound }) => isBound).map(({ what, exponent, parts, why }) => judged({
      what: `marginal cost of a live case, 1k to 1M seeded: ${what}`, reach: `exponent ≤ ${MOST}`,
      measured: `${signed(exponent.value)} (${signed(exponent.low)} to ${signed(exponent.high)})`
    }, tells(exponent.value <= MOST), () => why?.(steps) ?? reasonOfGrowth(steps, parts))),
    judged({ what: 'bytes of a process instance in the engine\'s database', reach: '≤ 20 KB', measured: `${figure(most(instanceKb))} KB (the most)` },
      tells(most(instanceKb) <= 20), () => largestTables(steps, 'engine')),
    judged({ what: 'bytes of an application in ours, without files', reach: '≤ 30 KB', measured: `${figure(most(applicationKb))} KB (the most)` },
      tells(most(applicationKb) <= 30), () => largestTables(steps, 'server')),
    { what: 'none left of a live case in the engine\'s runtime tables', reach: '0 rows', measured: `${left} rows`, isMet: left === 0 }
  ]
}
