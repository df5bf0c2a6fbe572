import type { ScaleFigures, ScaleRound } from './scale.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const PARTS = ['engine', 'server', 'workers', 'postgres', 'departments'] as const
/** Share of all processors beyond which nothing on this machine can go faster. */
const FULL = 0.9

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

/** What holds up a faster run, in words. */
export function bottleneckOf(rounds: readonly ScaleRound[]): string {
  const busy = mean(rounds.map(round => round.busy))
  const [first, second] = [...PARTS].sort((one, other) => cpuOf(rounds, other) - cpuOf(rounds, one))
  if (busy >= FULL) {
    return `the processors: ${percent(busy)} busy; ${first} uses the most (${cpuOf(rounds, first!).toFixed(3)} CPU-s a case), then ${second} (${cpuOf(rounds, second!).toFixed(3)})`
  }
  return `not the processors (${percent(busy)} busy): waiting for one another; ${first} uses the most (${cpuOf(rounds, first!).toFixed(3)} CPU-s a case)`
}

const cpuOf = (rounds: readonly ScaleRound[], part: (typeof PARTS)[number]): number => mean(rounds.map(({ cpu }) => cpu[part]))
const percent = (share: number): string => `${Math.round(share * 100)} %`
