import { registered } from '../../core/matter.ts'
import type { DepartmentReply, Matter, StepHandler, StepInput } from '../../core/matter.ts'

/** Asks the department that keeps the insurance whether the person is in it: 先登记，后申报 (form, 须知1). */
const checkEnrolment: StepHandler = async ({ fields, context }, { ask }) => {
  const reply = await ask('enrolment-query', { ...fields, insurance: context.insurance })
  if (!reply) return { variables: { enrolment: 'unavailable' }, receipt: null, reasons: [] }
  if (reply.result['enrolled'] === true) return { variables: { enrolment: 'enrolled' }, receipt: null, reasons: [] }
  const reasons = [{ code: 'NOT_ENROLLED', message: '没有参加这一险种，须先办理参保登记才能申报缴费。' }]
  return { variables: { enrolment: 'not-enrolled' }, receipt: null, reasons }
}

/** One line of the form as the tax department takes it; its own insurance is the row's. */
function lineOf({ fields, context }: StepInput) {
  return { ...fields, insurance: context.insurance }
}

function amountsOf({ result }: DepartmentReply) {
  const { amountFen } = result
  return Number.isSafeInteger(amountFen) && (amountFen as number) >= 0 ? { amounts: { amountFen: amountFen as number } } : {}
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

export const matter: Matter = {
  slug: 'contribution',
  title: '灵活就业人员社会保险费申报',
  steps: { 'check-enrolment': checkEnrolment, assess, declare }
}
