import { enrolmentQueryKind, registrationEndKind, registrationKind } from '../common/enrolment.ts'
import { matterRegistrationKind } from '../common/matter-registration.ts'
import { checkPerson } from '../common/person-check.ts'
import type { Kind } from '../common/types.ts'
import type { People } from '../people/index.ts'
import { archiveKind, transferLetterKind } from './archive.ts'
import { cardOrderKind, photoCheckKind } from './card.ts'
import { employmentKind } from './employment.ts'
import { checkTier } from './tier.ts'

const residentPension = { slug: 'resident-pension', title: '城乡居民基本养老保险', enrolment: 'resident-pension' }
const flexiblePension = { slug: 'flexible-pension', title: '企业职工基本养老保险', enrolment: 'employee-pension' }
export const insurances = [residentPension, flexiblePension]

/** What the human resources and social security department does. */
export function hrssKinds(people: People): Readonly<Record<string, Kind>> {
  const registerResident = registrationKind(people, residentPension)
  return {
    'archive-acceptance': archiveKind('archiveNumber', 'DA'),
    'archive-transfer-letter': transferLetterKind(people),
    'archive-dispatch': archiveKind('dispatchNumber', 'JY'),
    'resident-pension-registration': {
      handle(work) {
        checkPerson(work.fields)
        checkTier(work.fields)
        return registerResident.handle(work)
      }
    },
    'flexible-pension-registration': registrationKind(people, flexiblePension),
    'matter-registration': matterRegistrationKind(),
    'employment-registration': employmentKind(),
    'registration-end': registrationEndKind(people, insurances),
    'enrolment-query': enrolmentQueryKind(people, insurances),
    'card-photo-check': photoCheckKind(),
    'card-order': cardOrderKind(people)
  }
}
