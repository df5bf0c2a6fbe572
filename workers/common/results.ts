import { AppError } from '../../core/errors.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'

/** Sends the results of an application to the address that the applicant gave; a parcel that is not taken needs a person. */
const mailResults: StepHandler = async ({ fields }, { department }) => {
  const reply = await department('parcel', { ...fields, contents: '灵活就业参保“一件事”办理结果' })
  if (reply.status !== 'done') {
    throw new AppError('DEPARTMENT_REFUSED', { detail: `邮寄未被受理：${reply.reasons.map(({ code }) => code).join('、')}` })
  }
  return { variables: {}, receipt: reply.receipt, reasons: [] }
}

/** Department steps that every region's umbrella process shares; their topics begin with `common`. */
export const matter: Matter = {
  slug: 'results',
  title: '结果送达',
  steps: { 'mail-results': mailResults }
}
