import type { DmnTable, TableColumn } from './dmn-table.ts'
import { cellValues } from './dmn-table.ts'

export interface CoverageFinding {
  readonly kind: 'gap' | 'overlap'
  /** Rules that speak at once; empty for a gap. */
  readonly rules: readonly string[]
  readonly message: string
}

const MOST_FINDINGS = 20
const MOST_STEPS = 200_000

/**
 * Walks through all combinations of the values that the columns declare. A table that must answer (UNIQUE, FIRST, ANY) has a gap
 * where no rule does; a UNIQUE one must not have two, and in a FIRST one a rule that never comes first is dead, except
 * the last resort that asks for nothing. Columns with
 * open values (numbers) are taken as "any" when they cannot be told apart, so they yield no finding of their own.
 */
export function coverage({ hitPolicy, inputs, rules }: Pick<DmnTable, 'hitPolicy' | 'inputs' | 'rules'>): CoverageFinding[] {
  if (hitPolicy === 'COLLECT' || rules.length === 0) return []
  const finite = inputs.map(column => ({ column, values: valuesOf(column) })).filter(({ values }) => values.length > 0)
  const open = inputs.filter(column => valuesOf(column).length === 0)
  const isExact = (index: number): boolean => open.every(({ name }) => isAny(rules[index]!.when[name] ?? ''))
  const findings: CoverageFinding[] = []
  const isFirst = new Set<number>()
  const seen = new Set<string>()
  let steps = 0

  const walk = (depth: number, alive: readonly number[], chosen: readonly string[]): void => {
    if (findings.length >= MOST_FINDINGS || ++steps > MOST_STEPS) return
    const state = `${depth}:${alive.join()}`
    if (seen.has(state)) return // the same rules are left to decide the same columns
    seen.add(state)
    const level = finite[depth]
    if (alive.length === 0 || !level) return settle(alive, chosen)
    for (const value of level.values) {
      const left = alive.filter(index => accepts(rules[index]!.when[level.column.name] ?? '', value))
      walk(depth + 1, left, [...chosen, `${level.column.label}＝${value}`])
    }
  }
  const settle = (alive: readonly number[], chosen: readonly string[]): void => {
    const where = chosen.join('，')
    if (alive.length === 0) findings.push({ kind: 'gap', rules: [], message: `没有规则回答：${where}` })
    else isFirst.add(alive[0]!)
    for (const index of alive.filter(one => !isExact(one))) isFirst.add(index)
    const exact = alive.filter(isExact)
    if (hitPolicy === 'UNIQUE' && exact.length > 1) {
      const ids = exact.map(index => rules[index]!.id)
      findings.push({ kind: 'overlap', rules: ids, message: `规则 ${ids.join('、')} 同时回答：${where}` })
    }
  }
  walk(0, rules.map((_, index) => index), [])
  const dead = hitPolicy === 'FIRST' && findings.length < MOST_FINDINGS && steps <= MOST_STEPS
    ? rules.filter((rule, index) => !isFirst.has(index) && !inputs.every(({ name }) => isAny(rule.when[name] ?? ''))) : []
  return [...findings, ...dead.map(({ id }): CoverageFinding => ({ kind: 'overlap', rules: [id], message: '前面的规则总是先回答，这条永远用不上' }))]
}

function valuesOf({ type, values }: TableColumn): readonly string[] {
  return type === 'boolean' ? ['true', 'false'] : values
}

const isAny = (cell: string): boolean => ['', '-'].includes(cell.trim())

function accepts(cell: string, value: string): boolean {
  const text = cell.trim()
  if (isAny(text)) return true
  if (text === 'true' || text === 'false') return text === value
  const listed = cellValues(text)
  return /^not\s*\(/.test(text) ? !listed.includes(value) : listed.includes(value)
}
