import { mailed } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'

/** Sends the results of an application to the address that the applicant gave; a parcel that is not taken needs a person. */
const mailResults: StepHandler = async ({ fields }, { department }) =>
  mailed(await department('parcel', { ...fields, contents: '灵活就业参保“一件事”办理结果' }))

/** Department steps that every region's umbrella process shares; their topics begin with `common`. */
export const matter: Matter = {
  slug: 'results',
  title: '结果送达',
  steps: { 'mail-results': mailResults }
}
