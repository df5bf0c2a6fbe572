import { registered } from '../../core/matter.ts'
import type { Matter } from '../../core/matter.ts'
import { isInsuredAtAll, verifyBy } from '../../core/person-records.ts'

export const matter: Matter = {
  slug: 'social-insurance',
  title: '社会保险登记',
  steps: {
    /** 不允许有任何正在进行的社会保险和医疗保险的参保行为 (notice, 附件2 三2). */
    verify: verifyBy([isInsuredAtAll]),

    /** 企业职工基本养老保险, as a flexible worker. */
    register: async ({ fields }, { department }) => registered(await department('flexible-pension-registration', fields))
  }
}
