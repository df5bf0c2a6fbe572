import { FULL, percent } from './machine.ts'
import type { ScaleRound } from './scale.ts'
import { mean } from './statistics.ts'

const PARTS = ['engine', 'server', 'workers', 'postgres', 'departments'] as const

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
