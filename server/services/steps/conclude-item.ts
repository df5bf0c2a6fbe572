import { shanghaiDate } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { redact } from '../../../core/redaction.ts'
import { clauseOfReason } from '../../../core/region.ts'
import type { Region } from '../../../core/region.ts'
import { findLatestDecision } from '../../db/decisions.ts'
import type { Decision } from '../../db/decisions.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { findReasons } from '../../db/items.ts'
import { hastenOutbox } from '../../db/outbox.ts'
import type { EngineVariables } from '../../engine/engine-variables.ts'
import { definitionsOf } from '../../engine/definition-cache.ts'
import { lastPaymentDays } from '../policy/payment-days.ts'
import { paymentDeadline } from './process-dates.ts'
import { addReason, settleItem, settleRow } from './settle.ts'
import type { RecordStep, StepScope } from './step.ts'

/** Topics by which a process hands the result over itself; conclude-item leaves the delivery to them then. */
const OWN_DELIVERY = /^common\.deliver-/
/** What a worker and the engine need to bring a concluded row to where its payment is awaited; real ms. */
const UNTIL_IT_WAITS = 50
/** Decisions after which a rejection has another origin than the clerk. */
const GOING_ON: ReadonlySet<string> = new Set(['approve', 'correct'])
/** Code of a reason that a clerk gave in words alone: it counts among the others. */
const OWN_WORDS = 'OTHER'

interface Prepared {
  readonly deliversItself: boolean
  /** The version of the table that led the item to a clerk or past one; nothing when its process asks none. */
  readonly tables: readonly string[]
  /** On which what is concluded here can be paid at the latest, by the rules of its row. */
  readonly paymentDays: readonly string[]
}

/**
 * 办结: the item, or a row of a declaration, is approved or rejected. A rejection has a reason, always (不予核定并说明原因). A
 * result that goes online is delivered by that; the feedback to the platform ends the clock (notice, 七(三)).
 */
export const concludeItem: RecordStep<Prepared> = {
  async prepare(ctx, subject, { processInstanceId, processDefinitionId }) {
    const definitions = definitionsOf(ctx)
    const { application, item } = subject
    const model = item ? await definitions.latest(`${application.region}-${item.slug}`) : undefined
    const deliversItself = [...model?.topics.keys() ?? []].some(topic => OWN_DELIVERY.test(topic))
    const review = `${application.region}-review`
    const own = processDefinitionId === undefined ? undefined : await definitions.model(processDefinitionId)
    const table = own && !own.decisions.has(review) ? undefined : await ctx.engine.decisionThatAnswered(processInstanceId, review)
    return { deliversItself, tables: table === undefined ? [] : [table], paymentDays: await lastPaymentDays(ctx, subject) }
  },

  async run(scope, { deliversItself, tables, paymentDays }): Promise<EngineVariables> {
    const { subject: { item, row }, input, region, ctx, today } = scope
    const result = input.variables.result
    if (!item || (result !== 'approved' && result !== 'rejected')) throw new AppError('STEP_CONFLICT')
    const settled = row ? row.outcome : item.outcome
    if (settled !== null) return { outcome: settled }
    if (item.status === 'submitted' || row?.status === 'waiting') throw new AppError('STEP_CONFLICT')
    await (result === 'approved' ? dropDoubts(scope, item, row) : explain(scope, item, row))
    if (row) await settleRow(scope, item, row, result)
    else await settleItem(scope, item, result, result === 'approved' && item.delivery_method === 'online' && !deliversItself)
    await scope.audit(result === 'approved' ? 'item-approved' : 'item-rejected', {
      rowId: row?.id ?? null, insurance: row?.insurance ?? null, decisionTables: tables
    })
    if (row === null || result !== 'approved') return { outcome: result }
    const realNow = ctx.clock.realNow()
    if (row.payment_status === 'paid') await hastenOutbox(scope.trx, row.id, realNow + UNTIL_IT_WAITS, realNow)
    const until = paymentDeadline(ctx.calendar, region, today, paymentDays)
    if (row.payment_status === 'due') {
      const { id: rowId, insurance, amount_fen: amountFen } = row
      await scope.audit('payment-due', { rowId, insurance, amountFen, deadline: shanghaiDate(until.getTime()) })
    }
    return { outcome: result, paymentDeadline: until }
  }
}

/** What was in doubt and was then approved is no reason any more; the audit trail keeps it. */
async function dropDoubts({ trx }: StepScope, item: Item, row: ItemRow | null): Promise<void> {
  await trx('item_reason').where({ item_id: item.id, row_id: row?.id ?? null }).whereIn('source', ['department', 'rule']).delete()
}

async function explain(scope: StepScope, item: Item, row: ItemRow | null): Promise<void> {
  const { ctx, trx, region } = scope
  const decision = await findLatestDecision(trx, { itemId: item.id, rowId: row?.id ?? null })
  if (decision && isExplained(decision)) {
    const { id, reason_code: code, reason_text_enc: sealed } = decision
    const text = sealed === null ? '' : ctx.crypto.decrypt('decision', 'reason_text_enc', id, sealed)
    const [message, clause] = [reasonMessage(region, code, text), code && clauseOfReason(region, code, item.slug)]
    return addReason(scope, item, row, { code: code ?? OWN_WORDS, clause, message, source: 'clerk' })
  }
  const known = (await findReasons(trx, [item.id])).get(item.id) ?? []
  if (known.some(reason => reason.row_id === (row?.id ?? null))) return
  await addReason(scope, item, row, { code: 'NOT_APPROVED', message: '经审核，不符合办理条件', source: 'system' })
}

/** By a code, by the clerk's own words, or by both. */
function isExplained({ decision, reason_code, reason_text_enc }: Decision): boolean {
  return !GOING_ON.has(decision) && (reason_code !== null || reason_text_enc !== null)
}

/** Standard text of a code, if there is one, and the clerk's own words, in which numbers of people are blacked out. */
export function reasonMessage(region: Region, code: string | null, text: string): string {
  const standard = region.reasonCodes.find(reason => reason.code === code)?.text
  const words = redact(text.trim())
  return [standard, words].filter(Boolean).join('：') || '经审核，不符合办理条件'
}
