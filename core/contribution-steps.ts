import type { AssessmentLine } from './contribution-rates.ts'
import { registered } from './matter.ts'
import type { Assessment, DepartmentReply, StepHandler, StepInput } from './matter.ts'

/**
 * The three department steps of a contribution row, 先登记，后申报; `registeredAs` gives the name that the departments have for an
 * insurance.
 */
export function contributionSteps(registeredAs: (insurance: string) => string = insurance => insurance) {
  /** One line of the form as the departments take it; its own insurance is the row's. */
  const lineOf = ({ fields, context: { insurance = '' } }: StepInput) => ({ ...fields, insurance: registeredAs(insurance) })

  /** Asks the department that keeps the insurance whether the person is in it. */
  const checkEnrolment: StepHandler = async (input, { ask }) => {
    const reply = await ask('enrolment-query', lineOf(input))
    if (!reply) return { variables: { enrolment: 'unavailable' }, receipt: null, reasons: [] }
    if (reply.result['enrolled'] === true) return { variables: { enrolment: 'enrolled' }, receipt: null, reasons: [] }
    const reasons = [{ code: 'NOT_ENROLLED', message: '没有参加这一险种，须先办理参保登记才能申报缴费。' }]
    return { variables: { enrolment: 'not-enrolled' }, receipt: null, reasons }
  }

  const assess: StepHandler = async (input, { department }) => {
    const reply = await department('contribution-assessment', lineOf(input))
    const { status, receipt, reasons } = reply
    const isAssessed = status === 'done'
    return {
      variables: { assessment: isAssessed ? 'assessed' : 'refused' }, receipt, reasons,
      ...(isAssessed && { ...amountsOf(reply), ...assessmentOf(reply) })
    }
  }

  const declare: StepHandler = async (input, { department }) => {
    const reply = await department('contribution-declaration', lineOf(input))
    return { ...registered(reply), ...(reply.status === 'done' && amountsOf(reply)) }
  }

  return { 'check-enrolment': checkEnrolment, assess, declare }
}

function amountsOf({ result }: DepartmentReply) {
  const { amountFen } = result
  return isCount(amountFen) ? { amounts: { amountFen } } : {}
}

/** What the reply tells beside the sum; nothing when a part of it is missing, as half a sheet would mislead. */
function assessmentOf({ result }: DepartmentReply): { readonly assessment?: Assessment } {
  const { socialInsuranceCode, taxpayerId, lines } = result
  if (!isShortText(socialInsuranceCode) || !isShortText(taxpayerId) || !Array.isArray(lines)) return {}
  const read = lines.map(readLine)
  if (read.length === 0 || read.some(line => line === null)) return {}
  return { assessment: { socialInsuranceCode, taxpayerId, lines: read as AssessmentLine[] } }
}

const FIGURES = ['tierFen', 'baseFen', 'rateBasisPoints'] as const

function readLine(given: unknown): AssessmentLine | null {
  const { item, subitem, amountFen, ...rest } = (given ?? {}) as Partial<Record<keyof AssessmentLine, unknown>>
  if (!isShortText(item) || !isShortText(subitem) || !isCount(amountFen)) return null
  const figures = FIGURES.filter(name => isCount(rest[name])).map(name => [name, rest[name]])
  return { item, subitem, amountFen, ...Object.fromEntries(figures) as Partial<AssessmentLine> }
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 100
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
