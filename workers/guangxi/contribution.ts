import { contributionSteps } from '../../core/contribution-steps.ts'
import type { Matter } from '../../core/matter.ts'

export const matter: Matter = {
  slug: 'contribution',
  title: '灵活就业人员社会保险费申报',
  /** 先登记，后申报 (form, 须知1). */
  steps: contributionSteps()
}
