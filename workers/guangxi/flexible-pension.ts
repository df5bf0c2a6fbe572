import { registered } from '../../core/matter.ts'
import type { Matter } from '../../core/matter.ts'
import { employerPays, isEnrolled, isRetired, verifyBy } from '../../core/person-records.ts'

export const matter: Matter = {
  slug: 'flexible-pension',
  title: '灵活就业人员养老保险登记',
  steps: {
    /** 尚未达到法定退休年龄、未在用人单位参加养老保险 (notice, 四（一）3（1）). */
    verify: verifyBy([
      employerPays('pension'), isRetired, isEnrolled('employee-pension', 'resident-pension', 'institution-pension')
    ]),

    /** 职工参保登记. */
    register: async ({ fields }, { department }) => registered(await department('flexible-pension-registration', fields))
  }
}
