import { figure } from './bench.ts'
import type { GrowthStep } from './growth-report.ts'
import type { Counted } from './growth-step.ts'
import { growthExponent, mean } from './statistics.ts'

const NAMES: Readonly<Partial<Record<keyof Counted, string>>> = {
  application: 'that of engine, server and workers', postgres: 'that of PostgreSQL', statementsServer: 'that of the server\'s database',
  statementsEngine: 'that of the engine\'s', tablesServer: 'that of the server\'s database', tablesEngine: 'that of the engine\'s'
}
const NAMED = 3

/** Which part of a cost grows, the most first; undefined when it has no parts. It tells where, not why. */
export function reasonOfGrowth(steps: readonly GrowthStep[], parts: readonly (keyof Counted)[] = []): string | undefined {
  if (parts.length === 0) return undefined
  const grown = parts.map(part => ({
    part, exponent: growthExponent(steps.map(({ seeded, costs }) => ({ size: seeded, cost: mean(costs.map(one => one[part])) })))
  })).sort((one, other) => other.exponent - one.exponent)
  return `by parts: ${grown.map(({ part, exponent }) => `${NAMES[part]} ${exponent.toFixed(3)}`).join(', ')}; why it grows was not found out`
}

/** The tables that take the most room in the step that took the most, for one process instance or one application. */
export function largestTables(steps: readonly GrowthStep[], where: 'server' | 'engine'): string {
  const of = ({ tables, instances }: GrowthStep) => Object.entries(tables[where])
    .map(([name, bytes]) => ({ name, kb: bytes / (where === 'engine' ? instances : 1) / 1024 })).sort((one, other) => other.kb - one.kb)
  const whole = (step: GrowthStep) => of(step).reduce((sum, { kb }) => sum + kb, 0)
  const most = steps.reduce((one, other) => whole(other) > whole(one) ? other : one)
  return `most of it in ${of(most).slice(0, NAMED).map(({ name, kb }) => `${name} (${figure(kb)} KB)`).join(', ')}, with their indexes`
}
