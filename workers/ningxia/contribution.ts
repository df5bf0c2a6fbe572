import { contributionSteps } from '../../core/contribution-steps.ts'
import type { Matter } from '../../core/matter.ts'

/** What the registers of the departments call the insurances for which flexible workers pay. */
const REGISTERED_AS: Readonly<Record<string, string>> = {
  'social-insurance': 'flexible-pension', 'medical-insurance': 'flexible-medical'
}

export const matter: Matter = {
  slug: 'contribution',
  title: '灵活就业人员社会保险费申报',
  /** 从就业登记到社保缴费 (notice, 三（四）). */
  steps: contributionSteps(insurance => REGISTERED_AS[insurance] ?? insurance)
}
