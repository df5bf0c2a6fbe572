import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TableRule } from './table-rules.ts'

/** Something else than a rule that carries a clause: a file, or a place in it (`file#/json/pointer`, `file.bpmn#element`). */
export interface Carrier {
  readonly at: string
  readonly how: string
  /** What stands at the place. */
  readonly value?: number
  /** A matter for which the table has no row of its own. */
  readonly noRulesFor?: string
}

/** One demand of a notice: where it stands, what kind it is, about which matters (`*` = all), and its very words. */
export interface Clause {
  readonly id: string
  readonly kind: 'condition' | 'material' | 'deadline' | 'exclusion' | 'procedure'
  readonly matters: readonly string[]
  readonly text: string
  /** Rules that carry it though they quote another clause that says the same. */
  readonly rules?: readonly string[]
  readonly carriedBy?: readonly Carrier[]
}

/** Another act that a rule rests on besides the notice. */
export interface OtherAct {
  readonly act: string
  readonly for: string
  readonly rules: readonly string[]
  readonly carriedBy: readonly Carrier[]
}

export interface ClauseList {
  readonly notice: string
  /** The words between which the notice holds nothing but clauses, titles of matters, and the words `between` them. */
  readonly from?: string
  readonly until?: string
  readonly between?: readonly string[]
  readonly clauses: readonly Clause[]
  readonly otherActs: readonly OtherAct[]
}

/** The list of a region below `root`; empty for a region that has none. */
export function readClauses(root: string, region: string): ClauseList {
  const path = join(root, 'regions', region, 'clauses.json')
  if (!existsSync(path)) return { notice: '', clauses: [], otherActs: [] }
  return JSON.parse(readFileSync(path, 'utf8')) as ClauseList
}

/** For comparing: the notice breaks its lines anywhere, and quotation marks inside a quotation are turned once. */
export const plain = (text: string): string => text.replace(/\s+/g, '').replaceAll('‘', '“').replaceAll('’', '”')

/** `办事指南四（一）3注意，申请表选办说明1：“…”` → where it stands (四（一）3注意 and 申请表选办说明1), and what it quotes. */
export function splitClause(clause: string): { readonly places: readonly string[]; readonly quotation: string } {
  const [, places = '', quotation = ''] = /^([^“]*)：“(.+)”$/s.exec(clause) ?? [undefined, clause]
  return { places: places.split('，').map(place => place.replace(/^办事指南/, '')), quotation }
}

/** Whether a rule carries a clause: it quotes words of it from the same place for one of its matters, or the list says so. */
export function carries(rule: TableRule, clause: Clause): boolean {
  if (clause.rules?.includes(rule.id)) return true
  const { matter = '*', clause: quoted = '' } = rule.outputs
  const { places, quotation } = splitClause(quoted)
  if (!places.includes(clause.id)) return false
  if (matter !== '*' && !clause.matters.includes('*') && !clause.matters.includes(matter)) return false
  const [words, quotedWords] = [plain(clause.text), plain(quotation)]
  return words.includes(quotedWords) || quotedWords.includes(words)
}
