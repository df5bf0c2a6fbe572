import { machine } from './machine.ts'
import type { ScaleFigures, ScaleRound } from './scale.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const PARTS = ['engine', 'server', 'workers', 'postgres', 'departments'] as const
/** Share of all processors beyond which nothing on this machine can go faster. */
const FULL = 0.9
/** Share that others may use without being told of. */
const QUIET = 0.05

export interface Ratio {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** The ratio of several to one of each, and the lowest and highest that any pair of rounds gives. */
export function ratioOf({ single, several }: ScaleFigures): Ratio {
  const pairs = several.flatMap(one => single.map(other => one.perSecond / other.perSecond))
  const whole = mean(several.map(one => one.perSecond)) / mean(single.map(one => one.perSecond))
  return { mean: whole, low: Math.min(...pairs), high: Math.max(...pairs) }
}

/** Share of the processors that the system itself used in a round; what else was busy was not ours. */
export function ownShare({ perSecond, cpu }: ScaleRound, cores: number): number {
  return perSecond * PARTS.reduce((sum, part) => sum + cpu[part], 0) / cores
}

/** What holds up a faster run, in words. */
export function bottleneckOf(rounds: readonly ScaleRound[]): string {
  const busy = mean(rounds.map(round => round.busy))
  const [first, second] = [...PARTS].sort((one, other) => cpuOf(rounds, other) - cpuOf(rounds, one))
  if (busy >= FULL) {
    return `the processors: ${percent(busy)} busy; ${first} uses the most (${cpuOf(rounds, first!).toFixed(3)} CPU-s a case), then ${second} (${cpuOf(rounds, second!).toFixed(3)})`
  }
  return `not the processors (${percent(busy)} busy): waiting for one another; ${first} uses the most (${cpuOf(rounds, first!).toFixed(3)} CPU-s a case)`
}

export function scalePage(figures: ScaleFigures): string {
  const { cases, cores, single, several, bytes } = figures
  const ratio = ratioOf(figures)
  const row = (name: string, rounds: readonly ScaleRound[]): string => {
    const cpu = PARTS.map(part => cpuOf(rounds, part).toFixed(3))
    return `| ${name} | ${rounds.map(round => round.perSecond.toFixed(2)).join(', ')} | ${cpu.join(' | ')} | ${percent(mean(rounds.map(round => round.busy)))} | ${percent(mean(rounds.map(round => ownShare(round, cores))))} |`
  }
  const foreign = mean([...single, ...several].map(round => Math.max(0, round.busy - ownShare(round, cores))))
  const kilobytes = (count: number): string => `${(count / 1024).toFixed(0)} KB`
  return [
    '# Several nodes against one of each', '',
    `Made by \`npm run bench -- scale\`: ${cases} cases of two registrations and two declaration rows a round, waiting before the first worker starts, in the order`,
    `A-B-B-A on one cluster with PostgreSQL and the stand-ins of the departments, all on one machine (${machine()}).`, '',
    `| arm | cases/s, each round | ${PARTS.map(part => `${part}, CPU-s a case`).join(' | ')} | processors busy | by the system itself |`,
    `|---|--:|${PARTS.map(() => '--:').join('|')}|--:|--:|`,
    row('one engine node, one server, one process of workers', single), row('two engine nodes, two servers, four processes of workers', several), '',
    `**Ratio ${ratio.mean.toFixed(2)}** (pairs of rounds: ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}).`, '',
    ...foreign < QUIET ? [] : [`Other work used ${percent(foreign)} of the processors meanwhile, so the ratio is rougher than on a quiet machine.`, ''],
    `What holds up one of each: ${bottleneckOf(single)}. What holds up several: ${bottleneckOf(several)}.`, '',
    'On one machine more nodes share the same processors: the ratio says what several nodes cost there, and what they would bring only on machines of their own.',
    'What they bring here is that any of them may end: `test/cluster` kills an engine node, a server and workers under load, and nothing is lost.', '',
    `Disk: ${kilobytes(bytes.server)} a case in the server's database, ${kilobytes(bytes.engine)} in the engine's, without uploaded papers and before any clean-up.`, ''
  ].join('\n')
}

const cpuOf = (rounds: readonly ScaleRound[], part: (typeof PARTS)[number]): number => mean(rounds.map(({ cpu }) => cpu[part]))
const percent = (share: number): string => `${Math.round(share * 100)} %`
