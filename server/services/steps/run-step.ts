import { AppError } from '../../../core/errors.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { findStepAnswer, keepStepAnswer } from '../../db/step-answers.ts'
import type { EngineValue, EngineVariables, TypedValue } from '../../engine/engine-variables.ts'
import { toEngineVariables } from '../../engine/engine-variables.ts'
import { madeBy, noting } from '../made-by.ts'
import { findSubject, lockSubject } from '../subjects.ts'
import { acceptApplication } from './accept-application.ts'
import { closeApplication } from './close-application.ts'
import { collectResults } from './collect-results.ts'
import { concludeItem } from './conclude-item.ts'
import { declineRow } from './decline-row.ts'
import { deliverCard, recordHandOver } from './deliver.ts'
import { lapseCorrection } from './lapse-correction.ts'
import { lapsePayment } from './lapse-payment.ts'
import { openCorrection } from './open-correction.ts'
import { openItem } from './open-item.ts'
import { refuseApplication } from './refuse-application.ts'
import { resumeItem } from './resume-item.ts'
import type { RecordStep, StepInput } from './step.ts'
import { withdrawItem } from './withdraw-item.ts'

/** The record steps by topic; every other topic is a department step. */
export const recordSteps = {
  'common.accept-application': acceptApplication,
  'common.refuse-application': refuseApplication,
  'common.open-item': openItem,
  'common.conclude-item': concludeItem,
  'common.open-correction': openCorrection,
  'common.lapse-correction': lapseCorrection,
  'common.resume-item': resumeItem,
  'common.withdraw-item': withdrawItem,
  'common.decline-row': declineRow,
  'common.collect-results': collectResults,
  'common.record-hand-over': recordHandOver,
  'common.deliver-card': deliverCard,
  'common.lapse-payment': lapsePayment,
  'common.close-application': closeApplication
} as const

/** A process that was started behind the server's back has no case here; it must still be able to end as refused. */
const NEEDS_NO_SUBJECT = 'common.refuse-application'

/**
 * Runs a record step for a business key and answers the variables for the process. The same task gets the same answer
 * however often it asks, and the effect happens once.
 * @throws AppError STEP_UNKNOWN, SUBJECT_UNKNOWN (404), STEP_CONFLICT (409)
 */
export async function runStep(
  ctx: ServerContext, id: string, topic: string, input: StepInput
): Promise<Record<string, TypedValue>> {
  // Each step's own preparation is handed back to it and to nobody else, so its type does not matter here.
  const step = (recordSteps as unknown as Readonly<Record<string, RecordStep<unknown>>>)[topic]
  if (!step) throw new AppError('STEP_UNKNOWN')
  const key = answerKey(id, topic, input)
  if (!step.prepare) return told(ctx, await effect(ctx, { id, key, input, step, prepared: undefined, tables: new Set() }))
  const subject = await findSubject(ctx.db, id)
  if (!subject) {
    if (topic !== NEEDS_NO_SUBJECT) throw new AppError('SUBJECT_UNKNOWN')
    await noteStranger(ctx, id, topic, input)
    return {}
  }
  const { decisions, tables } = noting(ctx.decisions)
  const asking = step.prepare({ ...ctx, decisions }, subject, input)
    .then(prepared => effect(ctx, { id, key, input, step, prepared, tables }))
  return told(ctx, await asking.catch(error => earlier(ctx, key, error)))
}

/** What was answered before stays true while those whom a repetition would ask are away. */
async function earlier(ctx: ServerContext, key: string, error: unknown): Promise<EngineVariables> {
  const kept = await findStepAnswer(ctx.db, key)
  if (kept === null) throw error
  return open(ctx, key, kept)
}

const told = ({ clock }: ServerContext, variables: EngineVariables) => toEngineVariables(variables, clock.offset)

interface Effect<P> {
  readonly id: string
  readonly key: string
  readonly input: StepInput
  readonly step: RecordStep<P>
  readonly prepared: P
  /** Versions of the tables that were asked for it. */
  readonly tables: ReadonlySet<string>
}

async function effect<P>(ctx: ServerContext, { id, key, input, step, prepared, tables }: Effect<P>): Promise<EngineVariables> {
  return ctx.db.transaction(async trx => {
    const subject = await lockSubject(trx, id)
    const kept = await findStepAnswer(trx, key)
    if (kept !== null) return open(ctx, key, kept)
    const [at, today] = [ctx.clock.now(), ctx.clock.today()]
    const actor = { role: 'system', id: input.worker }
    const variables = await step.run({
      ctx, trx, subject, input, at, today, region: ctx.regions.get(subject.application.region),
      async audit(type, data = {}, itemId = subject.item?.id ?? null) {
        await appendAudit(trx, {
          chain: subject.application.id, type, actor, itemId, data: { ...data, ...madeBy(input.processDefinitionId, tables) }, at
        })
      }
    }, prepared)
    await keepStepAnswer(trx, key, seal(ctx, key, variables), ctx.clock.realNow())
    return variables
  })
}

async function noteStranger({ db, clock }: ServerContext, id: string, topic: string, input: StepInput): Promise<void> {
  const kept = await findStepAnswer(db, answerKey(id, topic, input))
  if (kept !== null) return
  await db.transaction(async trx => {
    await keepStepAnswer(trx, answerKey(id, topic, input), '', clock.realNow())
    await appendAudit(trx, {
      chain: 'system', type: 'unknown-process-refused', actor: { role: 'system', id: input.worker },
      data: { processInstanceId: input.processInstanceId, topic }, at: clock.now()
    })
  })
}

const answerKey = (id: string, topic: string, { taskId }: StepInput): string => `${id}|${topic}|${taskId}`

const CELL = ['idempotency_key', 'response_enc'] as const

/** Dates are kept as business instants: the clock may be set before the answer is asked for again. */
function seal({ crypto }: ServerContext, key: string, variables: EngineVariables): string {
  const plain = Object.fromEntries(Object.entries(variables).map(([name, value]) =>
    [name, value instanceof Date ? { instant: value.getTime() } : value]))
  return crypto.encrypt(...CELL, key, JSON.stringify(plain))
}

function open({ crypto }: ServerContext, key: string, sealed: string): EngineVariables {
  const plain = JSON.parse(crypto.decrypt(...CELL, key, sealed)) as Record<string, EngineValue | { readonly instant: number }>
  return Object.fromEntries(Object.entries(plain).map(([name, value]) =>
    [name, typeof value === 'object' && 'instant' in value ? new Date(value.instant) : value]))
}
