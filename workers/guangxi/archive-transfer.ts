import { archiveSteps } from '../../core/archive-steps.ts'
import type { Matter } from '../../core/matter.ts'
import { employerPays, isHouseholdOutside, verifyBy } from '../../core/person-records.ts'

export const matter: Matter = {
  slug: 'archive-transfer',
  title: '流动人员人事档案接收和转递',
  /** 与用人单位解除或终止人事关系的人员，由现户籍地的机构接收 (notice, 四（一）2); the letters: 五. */
  steps: archiveSteps(verifyBy([employerPays('pension', 'medical'), isHouseholdOutside('45')]))
}
