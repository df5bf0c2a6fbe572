import { archiveSteps } from '../../core/archive-steps.ts'
import type { Matter } from '../../core/matter.ts'
import { verifyBy } from '../../core/person-records.ts'

export const matter: Matter = {
  slug: 'archive-transfer',
  title: '流动人员人事档案接收和转递',
  /** The notice names no condition but who the person is; the agencies send each other the letters (附件1, 附件2 一1). */
  steps: archiveSteps(verifyBy([]))
}
