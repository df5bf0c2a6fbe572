import type { ServerContext } from '../../context.ts'
import { findReasons } from '../../db/items.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { definitionsOf } from '../../engine/definition-cache.ts'
import { ruleRow } from '../../engine/rule-row.ts'
import type { RuleRow } from '../../engine/rule-row.ts'

/** Why a task lies before a person: the rule that sent it, what was found automatically, and what the model asks to be done. */
export interface WhyHere {
  readonly rule: Pick<RuleRow, 'ruleId' | 'description' | 'clause' | 'conditions'> | null
  readonly findings: readonly Finding[]
  /** Words of the process model with their clause. */
  readonly instruction: string
}

interface Finding {
  readonly code: string
  readonly ruleId: string | null
  readonly clause: string | null
  readonly message: string
}

/** Answers what can be told while the engine is away, too: then the rule is named by its id alone. */
export async function whyHere(ctx: ServerContext, task: WorkItem): Promise<WhyHere> {
  return {
    rule: await ruleOf(ctx, task),
    findings: await findingsOf(ctx, task),
    instruction: await instructionOf(ctx, task)
  }
}

/** What rules and departments found about the item of a task. */
export async function findingsOf({ db }: Pick<ServerContext, 'db'>, { item_id }: WorkItem): Promise<Finding[]> {
  const reasons = item_id === null ? [] : (await findReasons(db, [item_id])).get(item_id) ?? []
  return reasons.filter(({ source }) => source === 'rule' || source === 'department')
    .map(({ code, rule_id, clause, message }) => ({ code, ruleId: rule_id, clause, message }))
}

/** Whether the rule that sent a task asks for two people (review.dmn, column secondPerson). */
export async function needsSecondPerson(ctx: ServerContext, task: WorkItem): Promise<boolean> {
  if (task.rule_id === null) return false
  return (await ruleRow(ctx.engine, `${task.region}-review`, task.rule_id))?.needsSecondPerson ?? false
}

async function ruleOf(ctx: ServerContext, { rule_id, region }: WorkItem): Promise<WhyHere['rule']> {
  if (rule_id === null) return null
  const row = await ruleRow(ctx.engine, `${region}-review`, rule_id).catch(() => null)
  if (!row) return { ruleId: rule_id, description: '', clause: '', conditions: [] }
  return { ruleId: rule_id, description: row.description, clause: row.clause, conditions: row.conditions }
}

async function instructionOf(ctx: ServerContext, task: WorkItem): Promise<string> {
  const model = await definitionsOf(ctx).model(task.process_definition_id).catch(() => null)
  return model?.userTasks.get(task.activity_id)?.documentation ?? ''
}
