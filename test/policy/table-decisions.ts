import { readFileSync } from 'node:fs'
import type { DecisionRow } from '../../server/services/policy/decision-rows.ts'
import { cellValues, readTable } from '../../server/lint/dmn-table.ts'

/**
 * The tables of a region read from their files and matched here, for tests that need no engine: cells are empty,
 * `true`, or a list of texts. test/engine proves the same tables on the real one. The table `changed` is read through `change`.
 */
export function tableDecisions(changed = '', change: (xml: string) => string = xml => xml) {
  const asked: string[] = []
  return {
    asked,
    async evaluate(
      key: string, inputs: Readonly<Record<string, unknown>>, tables?: Set<string>
    ): Promise<Record<string, string | number | boolean | null>[]> {
      asked.push(key)
      tables?.add(`${key}:1`)
      const [, region, name] = /^([a-z]+)-(.+)$/.exec(key)!
      const xml = readFileSync(`processes/${region}/${name}.dmn`, 'utf8')
      const { rules, hitPolicy, inputs: columns } = readTable(key === changed ? change(xml) : xml)
      for (const column of columns) if (inputs[column.name] === undefined) throw new Error(`${key} lacks ${column.name}`)
      const hits = rules.filter(({ when }) => Object.entries(when).every(([variable, cell]) => matches(cell, inputs[variable])))
      return (hitPolicy === 'COLLECT' ? hits : hits.slice(0, 1)).map(({ then }) => toRow(then))
    }
  }
}

function matches(cell: string, value: unknown): boolean {
  if (cell === '') return true
  return cell === 'true' ? value === true : cellValues(cell).includes(value as string)
}

function toRow(then: Readonly<Record<string, string>>): Record<string, DecisionRow[string]> {
  return Object.fromEntries(Object.entries(then).map(([name, cell]) =>
    [name, cell === 'null' ? null : cell === 'true' ? true : cell === 'false' ? false : /^\d+$/.test(cell) ? Number(cell) : cell]))
}
