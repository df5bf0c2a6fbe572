import type { Bench, Findings, Size } from './bench.ts'
import { benchEnrolment } from './enrolment.ts'
import type { ArmFigures, EnrolmentAmounts, EnrolmentFigures } from './enrolment.ts'

const AMOUNTS: Readonly<Record<Size, EnrolmentAmounts>> = {
  smoke: { cases: 2, idle: 1 }, quick: { cases: 12, idle: 2 }, full: { cases: 400, idle: 5 }
}

/** `enrolment`: whole cases at a saturating backlog, this system against the bare engine. */
export const enrolment: Bench = {
  name: 'enrolment',
  run: async ({ size, say }) => enrolmentFindings(await benchEnrolment(AMOUNTS[size], say), size)
}

/** The findings of `enrolment` from its figures; few cases tell nothing of the goals: the start of the workers weighs on each. */
export function enrolmentFindings(figures: EnrolmentFigures, size: Size): Findings {
  const { cases, ours, tuned, defaults } = figures
  const row = (name: string, { perSecond, cpuPerCase, idleMs }: ArmFigures) =>
    [name, perSecond.toFixed(2), cpuPerCase.toFixed(3), idleMs.toFixed(0)]
  const ratio = (what: string, reach: string, value: number, isMet: boolean) => ({ what, reach, measured: `${value.toFixed(2)}x`, isMet: size === 'full' ? isMet : null })
  const ratios = {
    throughput: ours.perSecond / tuned.perSecond, cpu: ours.cpuPerCase / tuned.cpuPerCase,
    defaults: ours.perSecond / defaults.perSecond, idle: ours.idleMs / defaults.idleMs
  }
  return {
    title: 'Enrolment: cases at a saturating backlog',
    intro: [
      `${cases} cases of two registrations and two declaration rows each wait before the first worker starts; engine and server on PostgreSQL.`,
      '“Bare engine” runs the same diagrams with workers that do nothing. Absolute figures belong to the machine; the ratios are the claim.'
    ],
    tables: [{
      title: 'Arms', head: ['arm', 'cases/s', 'CPU-s a case (engine, server, workers)', 'one case on an idle system (ms)'],
      rows: [row('this system, whole', ours), row('bare engine, client tuned as ours', tuned), row('bare engine, client at its defaults', defaults)]
    }],
    targets: [
      ratio('completed cases/s against the bare engine', '≥ 0.6x', ratios.throughput, ratios.throughput >= 0.6),
      ratio('CPU-seconds a case against the bare engine', '≤ 1.6x', ratios.cpu, ratios.cpu <= 1.6),
      ratio('completed cases/s against the client at its defaults', '≥ 2x', ratios.defaults, ratios.defaults >= 2),
      ratio('one case on an idle system against the client at its defaults', '≤ 0.33x', ratios.idle, ratios.idle <= 1 / 3)
    ],
    rowCounts: { cases },
    raw: figures,
    notes: size === 'full' ? [] : [`With ${cases} cases the start of the workers' processes weighs on each of them: \`npm run bench -- enrolment\`.`]
  }
}
