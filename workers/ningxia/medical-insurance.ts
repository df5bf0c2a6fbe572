import { registered } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'
import { employerPays, isInsuredAtAll, isNotEnrolled, verifyBy } from '../../core/person-records.ts'

/** 参保: no ongoing enrolment of any kind (notice, 附件2 三2). */
const verifyEnrolment = verifyBy([isInsuredAtAll])

/** 变更: somebody who is insured as a flexible worker has something to change (notice, 附件1, 附件2 三5). */
const verifyChange = verifyBy([isNotEnrolled('employee-medical'), employerPays('pension', 'medical')])

/** The form asks first whether to enrol or to change; the process and the declaration go by the answer. */
const verify: StepHandler = async (input, deps) => {
  const isChange = input.fields['action'] === 'change'
  const result = await (isChange ? verifyChange : verifyEnrolment)(input, deps)
  return { ...result, variables: { ...result.variables, medicalAction: isChange ? 'change' : 'enrol' } }
}

export const matter: Matter = {
  slug: 'medical-insurance',
  title: '基本医疗保险参保和变更登记',
  steps: {
    verify,

    enrol: async ({ fields }, { department }) => registered(await department('flexible-medical-registration', fields)),

    change: async ({ fields }, { department }) => registered(await department('flexible-medical-change', fields))
  }
}
