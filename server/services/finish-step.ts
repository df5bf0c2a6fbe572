import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import type { RawFacts } from '../../core/facts.ts'
import type { Assessment, ParcelGiven, Reason, Receipt } from '../../core/matter.ts'
import { redact } from '../../core/redaction.ts'
import { clauseOfReason } from '../../core/region.ts'
import type { Region } from '../../core/region.ts'
import type { ServerContext } from '../context.ts'
import { appendAudit } from '../db/audit.ts'
import type { Attempt, CallPatch, DepartmentCall } from '../db/department-calls.ts'
import { addAttempts, closeCall, findCall } from '../db/department-calls.ts'
import { sealAssessment, updateRow } from '../db/item-rows.ts'
import { addReasons, findItemsOfApplication, updateItem } from '../db/items.ts'
import { insertParcel } from '../db/parcels.ts'
import type { Item, NewReason } from '../db/items.ts'
import { checkResults } from '../engine/engine-variables.ts'
import { recordCall } from './case-trace.ts'
import type { TracedCall } from './case-trace.ts'
import { earlierOf } from './department-step.ts'
import { isToDeliver } from './steps/collect-results.ts'
import { deliver } from './steps/deliver.ts'
import { madeBy, noting } from './made-by.ts'
import { judgeFacts } from './policy/judge-facts.ts'
import type { Judged } from './policy/judge-facts.ts'
import type { Subject } from './subjects.ts'
import { findSubject, lockSubject } from './subjects.ts'

export interface Finished {
  readonly requestId: string
  /** As in StepInput. */
  readonly processDefinitionId?: string
  readonly variables: Readonly<Record<string, string | boolean>>
  readonly receipt: Receipt | null
  readonly reasons: readonly Reason[]
  readonly amounts?: { readonly amountFen: number }
  readonly assessment?: Assessment
  readonly parcel?: ParcelGiven
  readonly facts?: RawFacts
  readonly evidence: {
    readonly department: string
    readonly payloadHash: string | null
    readonly responseHash: string | null
    readonly httpStatus: number | null
    readonly attempts: readonly Omit<Attempt, 'number'>[]
  }
}

type Results = Readonly<Record<string, string | boolean>>

const MAILED = 'common.mail-results'

/**
 * Takes the result of a department step: ledger, receipt, reasons, money and audit event in one transaction. A repetition
 * gets the first result again; another result under the same request id is a conflict that a person must look at. What a
 * verification learnt is held against the conditions first, so it may come out more doubtful than the department said.
 * @throws AppError SUBJECT_UNKNOWN (404), STEP_CONFLICT, REQUEST_ID_REUSED (409), ForbiddenVariable
 */
export async function finishStep(
  ctx: ServerContext, id: string, topic: string, { facts, processDefinitionId, ...told }: Finished, worker: string
): Promise<Results> {
  checkResults(told.variables)
  const { decisions, tables } = noting(ctx.decisions)
  const { doubts, missingFacts, variables } = await judged({ ...ctx, decisions }, id, told.variables, facts)
  const finished = { ...told, variables }
  const at = ctx.clock.now()
  let begun: TracedCall | undefined
  const results = await ctx.db.transaction(async trx => {
    const subject = await lockSubject(trx, id)
    const call = await closeCall(trx, { id: finished.requestId, subject_id: id, topic }, patchOf(ctx, finished), at)
    if (!call) {
      const earlier = await findCall(trx, finished.requestId)
      if (earlier?.subject_id !== id || earlier.topic !== topic) throw new AppError('STEP_CONFLICT')
      return sameResult(ctx, earlier, finished)
    }
    await addAttempts(trx, call.id, finished.evidence.attempts, call.attempts === 1)
    const audit = auditor(trx, { subject, at, worker })
    await audit('department-step', subject.item?.id ?? null, {
      topic, department: call.department, requestId: call.id, outcome: finished.variables,
      receiptNumber: finished.receipt?.number ?? null, rowId: subject.row?.id ?? null,
      payloadHash: finished.evidence.payloadHash, responseHash: finished.evidence.responseHash,
      ...(facts && { rules: doubts.flatMap(({ ruleId }) => ruleId ?? []), missingFacts }), ...madeBy(processDefinitionId, tables)
    })
    const reasons = [...reasonsOf(ctx.regions.get(subject.application.region), subject, finished), ...doubts]
    await applyResult({ trx, ctx, at }, subject, finished, reasons)
    if (finished.variables.registration === 'registered' && (subject.row ?? subject.item)?.outcome === 'withdrawn') {
      // The department was faster than the withdrawal; a person has to put that right.
      await audit('registered-after-withdrawal', subject.item?.id ?? null, { requestId: call.id, rowId: subject.row?.id ?? null })
    }
    const all = topic === MAILED ? await findItemsOfApplication(trx, subject.application.id) : []
    const toMail = all.filter(isToDeliver('mail'))
    const note: Note = (type, data, itemId = null) => audit(type, itemId, data)
    const items = subject.item ? [subject.item] : toMail
    if (finished.parcel) await keepParcel(trx, { subject, call, parcel: finished.parcel, items, at, note })
    if (finished.receipt) await deliver({ trx, at, audit: note }, toMail, 'mail')
    begun = { call, parent: subject.application.traceparent }
    return finished.variables
  })
  if (begun) recordCall(ctx, begun, finished.receipt !== null)
  return results
}

function patchOf(ctx: ServerContext, { requestId, variables, receipt, evidence }: Finished): CallPatch {
  return {
    outcome: Object.values(variables).find(value => typeof value === 'string') as string | undefined ?? null,
    receipt_number: receipt?.number ?? null, receipt_issued_at: issuedAt(receipt),
    payload_hash: evidence.payloadHash, response_hash: evidence.responseHash,
    result_enc: ctx.crypto.encrypt('department_call', 'result_enc', requestId, JSON.stringify(variables))
  }
}

type Note = (type: string, data?: Readonly<Record<string, unknown>>, itemId?: string | null) => Promise<void>

interface Mailed {
  readonly subject: Subject
  readonly call: DepartmentCall
  readonly parcel: ParcelGiven
  readonly items: readonly Pick<Item, 'slug'>[]
  readonly at: number
  readonly note: Note
}

/** From now on the post's call-backs tell where it is, and the applicant has the number to ask for it. */
async function keepParcel(trx: Knex, { subject, call, parcel, items, at, note }: Mailed): Promise<void> {
  const { trackingNumber, postageFen } = parcel
  await insertParcel(trx, {
    id: call.id, application_id: subject.application.id, tracking_number: trackingNumber, postage_fen: postageFen ?? null,
    items: JSON.stringify(items.map(({ slug }) => slug)), sent_at: at
  })
  const postage = postageFen === undefined ? {} : { postageFen }
  await note('parcel-sent', { trackingNumber, requestId: call.id, ...postage }, subject.item?.id ?? null)
}

/** Only a step that learnt something of the person is judged; for the others nobody is asked. */
async function judged(ctx: ServerContext, id: string, variables: Results, facts: RawFacts | undefined): Promise<Judged> {
  if (!facts) return { variables, doubts: [], missingFacts: [] }
  const subject = await findSubject(ctx.db, id)
  if (!subject) throw new AppError('SUBJECT_UNKNOWN')
  return judgeFacts(ctx, subject, { variables, facts })
}

/** What the department said, with the clause that it rests on. */
function reasonsOf(region: Region, { item, row }: Subject, { reasons }: Pick<Finished, 'reasons'>): NewReason[] {
  return reasons.map(({ code, message }) => ({
    code, clause: clauseOfReason(region, code, item?.slug ?? ''), message: redact(message), source: 'department', rowId: row?.id ?? null
  }))
}

/** The receipt that counts for the applicant is the one of the registration; reasons and money go where they belong. */
async function applyResult(
  { trx, ctx, at }: { readonly trx: Knex; readonly ctx: ServerContext; readonly at: number },
  { item, row }: Subject, { variables, receipt, amounts, assessment }: Finished, reasons: readonly NewReason[]
): Promise<void> {
  if (!item) return
  await addReasons(trx, item.id, reasons, at)
  const isRegistered = variables.registration === 'registered'
  const given = receipt && isRegistered ? { receipt_number: receipt.number, receipt_issued_at: issuedAt(receipt) } : {}
  if (row) {
    const money = amounts ? { amount_fen: amounts.amountFen } : {}
    // A payment that was reported before this answer arrived stays reported.
    const due = isRegistered && row.payment_status === null ? { payment_status: 'due' as const } : {}
    const found = assessment ? { assessment_enc: sealAssessment(ctx, row.id, assessment) } : {}
    const patch = { ...given, ...money, ...due, ...found }
    if (Object.keys(patch).length > 0) await updateRow(trx, row.id, patch, at)
  }
  if (Object.keys(given).length > 0) await updateItem(trx, item.id, given, at)
}

function sameResult(ctx: ServerContext, call: DepartmentCall, { variables, receipt }: Finished): Results {
  const earlier = earlierOf(ctx, call)
  const isSame = earlier.receipt?.number === receipt?.number && sorted(earlier.outcome) === sorted(variables)
  if (!isSame) throw new AppError('REQUEST_ID_REUSED')
  return earlier.outcome
}

const sorted = (results: Results): string => JSON.stringify(Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)))

function issuedAt(receipt: Receipt | null): number | null {
  if (!receipt) return null
  const instant = Date.parse(receipt.issuedAt)
  if (Number.isNaN(instant)) throw new AppError('DEPARTMENT_REPLY_INVALID')
  return instant
}

function auditor(trx: Knex, { subject, at, worker }: { subject: Subject; at: number; worker: string }) {
  return async (type: string, itemId: string | null, data: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    await appendAudit(trx, { chain: subject.application.id, type, actor: { role: 'department', id: worker }, itemId, data, at })
  }
}
