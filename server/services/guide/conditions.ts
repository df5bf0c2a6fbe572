import type { ServerContext } from '../../context.ts'
import { createLru } from '../../engine/decisions.ts'
import { carries, splitClause } from './clauses.ts'
import type { Clause } from './clauses.ts'
import { tableRules } from './table-rules.ts'
import type { TableRule } from './table-rules.ts'

/** One condition in the notice's words, with what the deployed rules say to whoever does not meet it. */
export interface GuideCondition {
  readonly clause: string
  readonly text: string
  readonly rules: readonly { readonly ruleId: string; readonly verdict: 'refuse' | 'unknown'; readonly message: string }[]
}

type Engine = Pick<ServerContext['engine'], 'decisionDefinition' | 'decisionXml'>

// A version of a table never changes, so it is read once from each engine.
const known = new WeakMap<Engine, ReturnType<typeof createLru<Promise<TableRule[]>>>>()

/** The rules of the latest version of a table; none when it is not deployed. */
export async function deployedRules(engine: Engine, key: string): Promise<TableRule[]> {
  const definition = await engine.decisionDefinition(key)
  if (!definition) return []
  const versions = known.get(engine) ?? createLru<Promise<TableRule[]>>(20)
  known.set(engine, versions)
  const read = versions.get(definition.id) ?? engine.decisionXml(definition.id).then(tableRules)
  versions.set(definition.id, read)
  read.catch(() => versions.delete(definition.id))
  return read
}

/**
 * The conditions of one matter, or with `*` those of all: its clauses in the notice's order, each with the rules that
 * quote it; then what rules say of it under any other clause.
 */
export function conditionsOf(matter: string, clauses: readonly Clause[], rules: readonly TableRule[]): GuideCondition[] {
  const own = rules.filter(({ outputs }) => outputs.matter === matter)
  const conditions = clauses.filter(({ kind, matters }) => kind === 'condition' && (matters.includes(matter) || matters.includes('*')))
  const placeOf = (rule: TableRule): Clause | undefined => conditions.find(clause => carries(rule, clause))
  const listed = conditions.map(clause => ({ clause, rules: own.filter(rule => placeOf(rule) === clause) }))
    .filter(({ clause, rules: found }) => clause.matters.includes(matter) || found.length > 0)
    .map(({ clause, rules: found }) => ({ clause: clause.id, text: clause.text, rules: found.map(toAnswer) }))
  const others = own.filter(rule => placeOf(rule) === undefined).map(rule => {
    const { places, quotation } = splitClause(rule.outputs.clause ?? '')
    return { clause: places.join('，'), text: quotation, rules: [toAnswer(rule)] }
  })
  return [...listed, ...others]
}

function toAnswer({ id, outputs }: TableRule): GuideCondition['rules'][number] {
  return { ruleId: id, verdict: outputs.verdict === 'refuse' ? 'refuse' : 'unknown', message: outputs.message ?? '' }
}
