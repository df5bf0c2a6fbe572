import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { carries, readClauses } from '../../server/services/guide/clauses.ts'
import type { Carrier, Clause, ClauseList } from '../../server/services/guide/clauses.ts'
import { tableRules } from '../../server/services/guide/table-rules.ts'
import type { TableRule } from '../../server/services/guide/table-rules.ts'
import { regionsWith, nameOf } from './regions.ts'

const KINDS = { condition: '条件', material: '材料', deadline: '时限', exclusion: '互斥', procedure: '程序' } as const

/** All rules of a region's tables. */
export function rulesOfRegion(region: string): TableRule[] {
  const folder = join('processes', region)
  return readdirSync(folder).filter(name => name.endsWith('.dmn')).sort()
    .flatMap(name => tableRules(readFileSync(join(folder, name), 'utf8')))
}

/** docs/clause-map.md: every demand of the notices with the rules and places that carry it, and the other acts apart. */
export function clauseMapPage(): string {
  return ['# 条款与规则对照', '',
    'Made from `regions/<region>/clauses.json` and the `clause` column of `processes/<region>/*.dmn` by `npm run generate`.', '',
    ...regionsWith('clauses.json').flatMap(region => chapter(region, readClauses('.', region)))].join('\n')
}

function chapter(region: string, { notice, clauses, otherActs }: ClauseList): string[] {
  const rules = rulesOfRegion(region)
  const rows = clauses.map(clause =>
    `| ${clause.id} | ${KINDS[clause.kind]} | ${cell(clause.text)} | ${carriersOf(clause, rules)} |`)
  const acts = otherActs.map(act =>
    `| ${cell(act.act)} | ${cell(act.for)} | ${[...act.rules.map(code), ...act.carriedBy.map(place)].join('<br>')} |`)
  return [`## ${nameOf(region)}`, '', `原文：\`${notice}\`；${clauses.length} 条，${rules.length} 条规则。`, '',
    '| 条款 | 种类 | 原文 | 承载 |', '|---|---|---|---|', ...rows, '',
    '### 其他法规文件', '', '| 文件 | 涉及 | 承载 |', '|---|---|---|', ...acts, '']
}

function carriersOf(clause: Clause, rules: readonly TableRule[]): string {
  const carrying = rules.filter(rule => carries(rule, clause)).map(({ id }) => code(id))
  return [...carrying, ...(clause.carriedBy ?? []).map(place)].join('<br>')
}

const code = (text: string): string => `\`${text}\``
const place = ({ at, how }: Carrier): string => `${code(at)}（${cell(how)}）`
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
