import { changesOf, insuredAs, verifyChangeBy } from '../../core/insurance-change.ts'
import { registered } from '../../core/matter.ts'
import type { Matter, StepHandler, StepInput } from '../../core/matter.ts'
import { employerPays, isNotEnrolled } from '../../core/person-records.ts'
import type { Check } from '../../core/person-records.ts'

const POOLED_AND_PERSONAL = '统账结合'

const planChangeOf = (fields: StepInput['fields']) => changesOf(fields).find(({ item }) => item === 'enrolmentMode')

/** 须知3 speaks of the way to 统账结合 alone: of a change between the other two a person decides. */
const isPlanNotNamed: Check = (_, { fields }) => {
  const change = planChangeOf(fields)
  return change && change.after !== POOLED_AND_PERSONAL
    ? { code: 'OTHER', message: '通知只写明参保方式变更为统账结合，其他变更须由工作人员核实。' }
    : null
}

/**
 * 参保方式变更为统账结合后，均不允许变更为其它参保方式 (form, 须知3); only an insured person has a plan to change. Whether somebody
 * came to 统账结合 by a change or was in it from the start no register tells, so that nobody leaves it here.
 */
const checkPlan: StepHandler = async ({ fields }, { ask }) => {
  const result = (planChange: string, reasons: readonly { code: string, message: string }[] = []) =>
    ({ variables: { planChange }, receipt: null, reasons })
  const { changes: _, ...person } = fields
  const change = planChangeOf(fields)
  if (!change) return result('allowed')
  if (change.before === POOLED_AND_PERSONAL) {
    return result('forbidden', [{ code: 'OTHER', message: '参保方式现为统账结合的，不能变更为其他参保方式。' }])
  }
  const reply = await ask('enrolment-query', { ...insuredAs(person), insurance: 'flexible-medical' })
  if (!reply) return result('unavailable')
  return reply.result['enrolled'] === true
    ? result('allowed')
    : result('forbidden', [{ code: 'NOT_ENROLLED', message: '没有参加职工基本医疗保险，不能变更参保方式。' }])
}

export const matter: Matter = {
  slug: 'flexible-medical-change',
  title: '灵活就业人员医疗保险参保信息变更登记',
  steps: {
    /** 已经参加职工基本医疗保险的自然人 (notice, 四（一）4（3）). */
    verify: verifyChangeBy([isNotEnrolled('employee-medical'), employerPays('pension', 'medical'), isPlanNotNamed]),

    'check-plan': checkPlan,

    /** 职工参保信息变更登记. */
    register: async ({ fields }, { department }) =>
      registered(await department('flexible-medical-change', insuredAs(fields)))
  }
}
