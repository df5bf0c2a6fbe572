import { figure, judged } from './bench.ts'
import type { Bench, Findings, Size, Target } from './bench.ts'
import { benchEnrolment } from './enrolment.ts'
import type { ArmFigures, ArmName, EnrolmentAmounts, EnrolmentFigures, EnrolmentRound } from './enrolment.ts'
import { reasonOfCost, reasonOfIdle, reasonOfLead, reasonOfPace } from './enrolment-reasons.ts'
import { mean, ratioOfRounds } from './statistics.ts'

const THREE = ['ours', 'tuned', 'defaults'] as const
const AMOUNTS: Readonly<Record<Size, EnrolmentAmounts>> = {
  smoke: { cases: 2, order: THREE, idle: 1 },
  quick: { cases: 10, order: THREE, idle: 2 },
  full: { cases: 150, order: [...THREE, ...THREE.toReversed(), ...THREE], idle: 5 }
}
const NAMES: Readonly<Record<ArmName, string>> = {
  ours: 'this system, whole', tuned: 'bare engine, client tuned as ours', defaults: 'bare engine, client at its defaults'
}

/** `enrolment`: whole cases at a saturating backlog, this system against the bare engine. */
export const enrolment: Bench = {
  name: 'enrolment',
  run: async ({ size, say }) => enrolmentFindings(await benchEnrolment(AMOUNTS[size], say), size)
}

/** The findings of `enrolment` from its figures; few cases tell nothing of the goals: the start of the workers weighs on each. */
export function enrolmentFindings(figures: EnrolmentFigures, size: Size): Findings {
  const { cases, arms } = figures
  const isFull = size === 'full'
  const row = (name: ArmName) => {
    const { rounds, idleMs } = arms[name]
    return [
      NAMES[name], rounds.map(({ perSecond }) => perSecond.toFixed(2)).join(', '), meanOf(rounds, one => one.cpu).toFixed(3), parts(arms[name]),
      meanOf(rounds, one => one.postgres).toFixed(3), figure(meanOf(rounds, one => one.statements)),
      figure(meanOf(rounds, one => one.walBytes) / 1024), idleMs.toFixed(0)
    ]
  }
  const tells = (isMet: boolean) => isFull ? isMet : null
  const compared = (
    { what, reach }: Pick<Target, 'what' | 'reach'>, of: (one: EnrolmentRound) => number, other: ArmName,
    isMet: (ratio: number) => boolean, reason: () => string | undefined
  ): Target => {
    const ratio = ratioOfRounds(arms.ours.rounds.map(of), arms[other].rounds.map(of))
    const spread = arms.ours.rounds.length > 1 ? ` (rounds ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})` : ''
    return judged({ what, reach, measured: `${ratio.mean.toFixed(2)}x${spread}` }, tells(isMet(ratio.mean)), reason)
  }
  const idle = arms.ours.idleMs / arms.defaults.idleMs
  return {
    title: 'Enrolment: cases at a saturating backlog',
    intro: [
      `${cases} cases of two registrations and two declaration rows a round wait before the first worker starts; the three arms take turns${isFull ? ' (A-B-C-C-B-A-A-B-C)' : ''}, each on a PostgreSQL of its own, the others standing by without workers.`,
      '“Bare engine” runs the same diagrams with workers that do nothing. Absolute figures belong to the machine; the ratios are the claim.'
    ],
    tables: [{
      title: 'Arms', head: [
        'arm', 'cases/s, each round', 'CPU-s a case', 'of it engine, server, workers', 'PostgreSQL, CPU-s a case', 'statements a case', 'KB of log a case',
        'one case on an idle system (ms)'
      ],
      rows: THREE.map(row)
    }],
    targets: [
      compared({ what: 'completed cases/s against the bare engine', reach: '≥ 0.6x' }, one => one.perSecond, 'tuned',
        ratio => ratio >= 0.6, () => reasonOfPace(arms)),
      compared({ what: 'CPU-seconds a case against the bare engine', reach: '≤ 1.6x' }, one => one.cpu, 'tuned',
        ratio => ratio <= 1.6, () => reasonOfCost(arms)),
      compared({ what: 'completed cases/s against the client at its defaults', reach: '≥ 2x' }, one => one.perSecond, 'defaults',
        ratio => ratio >= 2, () => reasonOfLead(figures, 2)),
      judged({ what: 'one case on an idle system against the client at its defaults', reach: '≤ 0.33x', measured: `${idle.toFixed(2)}x` },
        tells(idle <= 1 / 3), () => reasonOfIdle(arms, 1 / 3))
    ],
    rowCounts: { cases: cases * arms.ours.rounds.length },
    raw: figures,
    notes: isFull ? [] : [`With ${cases} cases the start of the workers' processes weighs on each of them: \`npm run bench -- enrolment\`.`]
  }
}

const meanOf = (rounds: readonly EnrolmentRound[], of: (one: EnrolmentRound) => number): number => mean(rounds.map(of))

function parts({ rounds }: ArmFigures): string {
  return ['engine', 'server', 'workers'].map(name => rounds[0]!.cpuOfEach[name] === undefined ? '–' : meanOf(rounds, one => one.cpuOfEach[name]!).toFixed(3)).join(', ')
}
