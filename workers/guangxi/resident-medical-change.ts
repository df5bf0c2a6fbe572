import { insuredAs, verifyChangeBy } from '../../core/insurance-change.ts'
import { registered } from '../../core/matter.ts'
import type { Matter } from '../../core/matter.ts'
import { employerPays, isNotEnrolled } from '../../core/person-records.ts'

export const matter: Matter = {
  slug: 'resident-medical-change',
  title: '城乡居民基本医疗保险参保信息变更登记',
  steps: {
    /** 已经参加城乡居民基本医疗保险的自然人 (notice, 四（一）4（3）). */
    verify: verifyChangeBy([isNotEnrolled('resident-medical'), employerPays('pension', 'medical')]),

    /** 城乡居民参保信息变更登记. */
    register: async ({ fields }, { department }) =>
      registered(await department('resident-medical-change', insuredAs(fields)))
  }
}
