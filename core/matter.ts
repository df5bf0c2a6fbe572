import type { AssessmentLine } from './contribution-rates.ts'
import { AppError } from './errors.ts'
import type { RawFacts } from './facts.ts'

/** The last word of a department on one request: the number it gave out and when (RFC 3339). */
export interface Receipt {
  readonly number: string
  readonly issuedAt: string
}

/** Why something was refused or is in doubt; `message` is shown to people, in Chinese. */
export interface Reason {
  readonly code: string
  readonly message: string
}

/** What the tax department found for one insurance of a declaration (核定): what 附件2 leaves to it. Personal data. */
export interface Assessment {
  /** 社会保险编码. */
  readonly socialInsuranceCode: string
  /** 纳税人识别号. */
  readonly taxpayerId: string
  /** One for each 征收品目. */
  readonly lines: readonly AssessmentLine[]
}

/** A department's answer, checked by the runtime before a handler sees it. */
export interface DepartmentReply {
  readonly status: 'done' | 'refused'
  readonly receipt: Receipt | null
  readonly result: Readonly<Record<string, unknown>>
  readonly reasons: readonly Reason[]
}

/** Asks the step's department to do or answer something. The request id is the runtime's and constant over repetitions. */
export type DepartmentCall = (kind: string, body: Readonly<Record<string, unknown>>) => Promise<DepartmentReply>

/** As DepartmentCall, for questions whose missing answer is itself an answer: null after the runtime's patience has ended. */
export type DepartmentQuestion = (kind: string, body: Readonly<Record<string, unknown>>) => Promise<DepartmentReply | null>

/** The outside, handed to a handler. One step makes one department call: one request id, one effect, one receipt. */
export interface MatterDeps {
  readonly department: DepartmentCall
  readonly ask: DepartmentQuestion
}

/** A parcel that the post has taken in; postage in fen, when the recipient pays it at the door. */
export interface ParcelGiven {
  readonly trackingNumber: string
  readonly postageFen?: number
}

export interface StepContext {
  readonly region: string
  readonly division: string
  readonly channel: string
  readonly slug: string
  /** Slug of the insurance when the step belongs to a contribution row. */
  readonly insurance?: string
}

export interface StepInput {
  /** What `regions/<region>/steps.json` lists for the topic, by alias; absent content has no member. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly context: StepContext
}

/** Outcome of a step. `variables` go to the engine: enums, booleans and dates only, never personal data. */
export interface StepResult {
  readonly variables: Readonly<Record<string, string | boolean>>
  /** What the department gave out in this step; the applicant's own is that of the registration. */
  readonly receipt: Receipt | null
  readonly reasons: readonly Reason[]
  /** Money in fen. */
  readonly amounts?: { readonly amountFen: number }
  /** For the server, which keeps it with the row, and never for the engine. */
  readonly assessment?: Assessment
  /** What was handed to the post in this step. */
  readonly parcel?: ParcelGiven
  /** What the step learnt of the person: for the server, which holds it against the conditions, and never for the engine. */
  readonly facts?: RawFacts
}

/** Safe to run twice: all it does to the outside it does through `deps`. An expected refusal is a result, not an error. */
export type StepHandler = (input: StepInput, deps: MatterDeps) => Promise<StepResult>

/** One matter's department steps; the topic of a step is `<region>.<slug>.<step>`. */
export interface Matter {
  readonly slug: string
  readonly title: string
  readonly steps: Readonly<Record<string, StepHandler>>
}

/** Result of a verification: doubts and silence both lead to a person, never to a refusal by machine. */
export function verified(doubts: readonly Reason[] | null): StepResult {
  const verification = doubts === null ? 'unavailable' : doubts.length ? 'doubtful' : 'passed'
  return { variables: { verification }, receipt: null, reasons: doubts ?? [] }
}

/** Result of a step by which a department registers or refuses something. */
export function registered(reply: DepartmentReply): StepResult {
  const isRegistered = reply.status === 'done'
  return {
    variables: { registration: isRegistered ? 'registered' : 'refused' },
    receipt: reply.receipt,
    reasons: reply.reasons
  }
}

/** Result of a step that handed something to the post. Throws AppError DEPARTMENT_REFUSED, for a person, when it is not taken. */
export function mailed({ status, receipt, result, reasons }: DepartmentReply): StepResult {
  if (status !== 'done') {
    throw new AppError('DEPARTMENT_REFUSED', { detail: `邮寄未被受理：${reasons.map(({ code }) => code).join('、')}` })
  }
  const { trackingNumber, postageFen } = result
  if (typeof trackingNumber !== 'string') throw new AppError('DEPARTMENT_REPLY_INVALID')
  const postage = typeof postageFen === 'number' ? { postageFen } : {}
  return { variables: {}, receipt, reasons: [], parcel: { trackingNumber, ...postage } }
}
