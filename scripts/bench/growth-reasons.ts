import { figure } from './bench.ts'
import type { GrowthStep } from './growth-report.ts'
import type { Counted } from './growth-step.ts'
import { growthExponent, mean } from './statistics.ts'

const NAMES: Readonly<Partial<Record<keyof Counted, string>>> = {
  application: 'that of engine, server and workers', postgres: 'that of PostgreSQL', statementsServer: 'that of the server\'s database',
  statementsEngine: 'that of the engine\'s', tablesServer: 'that of the server\'s database', tablesEngine: 'that of the engine\'s'
}
const NAMED = 3
/** An exponent up to which a cost does not count as growing (the design). */
export const MOST = 0.05

const average = ({ costs }: GrowthStep, part: keyof Counted): number => mean(costs.map(one => one[part]))
const exponentOf = (steps: readonly GrowthStep[], part: keyof Counted): number =>
  growthExponent(steps.map(step => ({ size: step.seeded, cost: average(step, part) })))

/** Which part of a cost grows, the most first; undefined when it has no parts. It tells where, not why. */
export function reasonOfGrowth(steps: readonly GrowthStep[], parts: readonly (keyof Counted)[] = []): string | undefined {
  if (parts.length === 0) return undefined
  const grown = parts.map(part => ({ part, exponent: exponentOf(steps, part) }))
    .sort((one, other) => other.exponent - one.exponent)
  return `by parts: ${grown.map(({ part, exponent }) => `${NAMES[part]} ${exponent.toFixed(3)}`).join(', ')}; why it grows was not found out`
}

/** Whether the log grows by whole pages alone; undefined when its records grow as well. */
export function reasonOfLog(steps: readonly GrowthStep[]): string | undefined {
  const [first, last] = [steps[0]!, steps.at(-1)!]
  // Not by their exponent: without a checkpoint there are no pages at all.
  const hasMorePages = average(last, 'logPages') > average(first, 'logPages')
  if (!hasMorePages || exponentOf(steps, 'logRecords') > MOST) return undefined
  const told = (part: 'logRecords' | 'logPages') => `${figure(average(first, part))} and ${figure(average(last, part))}`
  return `a case writes ${told('logRecords')} records, but ${told('logPages')} pages go whole into the log: PostgreSQL does so when a page is ` +
    'touched first after a checkpoint, and among more rows the same cases share fewer pages'
}

/** The tables that take the most room in the step that took the most, for one process instance or one application. */
export function largestTables(steps: readonly GrowthStep[], where: 'server' | 'engine'): string {
  const of = ({ tables, instances }: GrowthStep) => Object.entries(tables[where])
    .map(([name, bytes]) => ({ name, kb: bytes / (where === 'engine' ? instances : 1) / 1024 })).sort((one, other) => other.kb - one.kb)
  const whole = (step: GrowthStep) => of(step).reduce((sum, { kb }) => sum + kb, 0)
  const most = steps.reduce((one, other) => whole(other) > whole(one) ? other : one)
  return `most of it in ${of(most).slice(0, NAMED).map(({ name, kb }) => `${name} (${figure(kb)} KB)`).join(', ')}, with their indexes`
}
