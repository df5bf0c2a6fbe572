import type { Finding, LintContext } from './diagram.ts'
import type { DmnTable, TableRule } from './dmn-table.ts'
import { cellValues, readTable } from './dmn-table.ts'
import { coverage } from './table-coverage.ts'

const CLAUSE = /办事指南|申请表|实施方案|工作方案|附件\d/

/** Everything that is wrong with a decision table: its names, its clauses, its values, and what it leaves open or says twice. */
export function tableFindings({ region, slug }: LintContext, xml: string): Finding[] {
  let table: DmnTable
  try {
    table = readTable(xml)
  } catch {
    return [{ rule: 'door', element: null, message: '文件不是只含一张规则表的 DMN，请核对后再导入' }]
  }
  const find = (rule: string, element: string, message: string): Finding => ({ rule, element, message: `${element}：${message}` })
  const when = (isWrong: boolean, ...what: Parameters<typeof find>): Finding[] => (isWrong ? [find(...what)] : [])
  return [
    ...when(table.id !== `${region.slug}-${slug}`, 'table-identity', table.id, `规则表的标识须为 ${region.slug}-${slug}`),
    ...when(table.historyTimeToLive !== 'P3650D', 'table-identity', table.id, '历史须保存十年（historyTimeToLive 为 P3650D）'),
    ...when(!['ruleId', 'clause'].every(name => table.outputs.some(output => output.name === name)), 'table-identity', table.id, '须有 ruleId 和 clause 两个输出列'),
    ...table.rules.flatMap((rule, index) => [
      ...when(table.rules.findIndex(({ id }) => id === rule.id) !== index, 'table-rows', rule.id, '规则编号重复'),
      ...when(rule.then.ruleId !== rule.id, 'table-rows', rule.id, `ruleId 列须写 "${rule.id}"`),
      ...when(!CLAUSE.test(rule.then.clause ?? ''), 'table-clauses', rule.id, '没有写明依据的条款'),
      ...when(!/\p{Script=Han}/u.test(rule.description), 'table-rows', rule.id, '没有中文说明'),
      ...strangeValues(table, rule).map(message => find('table-values', rule.id, message))
    ]),
    ...coverage(table).map(({ kind, rules, message }) => find(kind, rules.at(-1) ?? table.id, message))
  ]
}

function strangeValues({ inputs, outputs }: DmnTable, { when, then }: TableRule): string[] {
  return [
    ...inputs.flatMap(({ name, label, values }) => cellValues(when[name] ?? '').filter(value => values.length > 0 && !values.includes(value))
      .map(value => `“${label}”中的 ${value} 不在该列允许的值中`)),
    ...outputs.filter(({ name, values }) => values.length > 0 && !values.includes(then[name] ?? ''))
      .map(({ name, label }) => `“${label}”的 ${then[name] ?? '空'} 不在该列允许的值中`)
  ]
}
