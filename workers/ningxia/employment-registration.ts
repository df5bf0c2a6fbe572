import { registered } from '../../core/matter.ts'
import type { Matter } from '../../core/matter.ts'
import { employerPays, isEnrolled, verifyBy } from '../../core/person-records.ts'

export const matter: Matter = {
  slug: 'employment-registration',
  title: '灵活就业人员就业登记',
  steps: {
    /** 不允许在外省或本省进行企业职工、机关事业单位的养老或医疗保险参保 (notice, 附件2 三1). */
    verify: verifyBy([
      employerPays('pension', 'medical'),
      isEnrolled('employee-pension', 'employee-medical', 'institution-pension', 'institution-medical')
    ]),

    register: async ({ fields }, { department }) => registered(await department('employment-registration', fields))
  }
}
