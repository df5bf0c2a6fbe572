import { registered } from './matter.ts'
import type { DepartmentReply, StepHandler, StepInput } from './matter.ts'

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
      variables: { assessment: isAssessed ? 'assessed' : 'refused' }, receipt, reasons, ...(isAssessed && amountsOf(reply))
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
  return Number.isSafeInteger(amountFen) && (amountFen as number) >= 0 ? { amounts: { amountFen: amountFen as number } } : {}
}
