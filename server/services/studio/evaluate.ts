import { randomUUID } from 'node:crypto'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { DecisionRow } from '../../engine/gateway-deployments.ts'
import { SCRATCH_SOURCE } from '../../engine/gateway-scratch.ts'
import { readTable } from '../../lint/dmn-table.ts'
import { draftOf, findingsOf } from './drafts.ts'

/**
 * Asks the table of a draft on the real engine, under a key of its own that is taken away again at once. Tells which rules
 * answered and what they say. An input that is left out counts as unknown (null).
 * @throws AppError DRAFT_STATE_CONFLICT for a process, MODEL_REFUSED while a rule is broken, REQUEST_INVALID for an unknown input
 */
export async function evaluateDraft(ctx: ServerContext, actor: Actor, id: string, inputs: Readonly<DecisionRow>) {
  const draft = await draftOf(ctx, actor, id)
  if (draft.kind !== 'decision') throw new AppError('DRAFT_STATE_CONFLICT', { detail: '只有规则表可以试算。' })
  const findings = await findingsOf(ctx, draft)
  const unsafe = findings.filter(({ rule }) => rule === 'door' || rule === 'code')
  if (unsafe.length > 0) throw new AppError('MODEL_REFUSED', { detail: unsafe.map(({ message }) => message).join('\n'), extra: { findings: unsafe } })
  const columns = readTable(draft.xml).inputs.map(({ name }) => name)
  const strange = Object.keys(inputs).filter(name => !columns.includes(name))
  if (strange.length > 0) throw new AppError('REQUEST_INVALID', { detail: `规则表没有输入“${strange.join('、')}”，可用：${columns.join('、')}。` })
  const known = Object.fromEntries(columns.map(name => [name, inputs[name] ?? null]))
  const rows = await onScratch(ctx, draft.key, draft.xml, known)
  return { rows, hits: rows.map(({ ruleId }) => String(ruleId)) }
}

async function onScratch(
  { engine }: ServerContext, key: string, xml: string, inputs: Readonly<DecisionRow>
): Promise<DecisionRow[]> {
  const scratchKey = `scratch-${randomUUID()}`
  const content = xml.replaceAll(`"${key}"`, `"${scratchKey}"`).replaceAll(`"#${key}"`, `"#${scratchKey}"`)
  const { id } = await engine.deploy(scratchKey, SCRATCH_SOURCE, [{ name: `${scratchKey}.dmn`, content }])
  try {
    const definition = await engine.decisionDefinition(scratchKey)
    return definition ? await engine.evaluateDecision(definition.id, inputs) : []
  } finally {
    await engine.deleteDeployment(id)
  }
}
