import {
  enrolmentQueryKind, findEnrolment, notRegistered, registrationEndKind, registrationKind
} from '../common/enrolment.ts'
import type { Insurance } from '../common/enrolment.ts'
import { matterRegistrationKind } from '../common/matter-registration.ts'
import { readPerson } from '../common/person-check.ts'
import type { Kind } from '../common/types.ts'
import type { People } from '../people/index.ts'

const residentMedical = { slug: 'resident-medical', title: '城乡居民基本医疗保险', enrolment: 'resident-medical' }
const flexibleMedical = { slug: 'flexible-medical', title: '职工基本医疗保险', enrolment: 'employee-medical' }
export const insurances = [residentMedical, flexibleMedical]

/** What the medical insurance department does. */
export function medicalKinds(people: People): Readonly<Record<string, Kind>> {
  return {
    'resident-medical-registration': registrationKind(people, residentMedical),
    'resident-medical-change': changeKind(people, residentMedical),
    'flexible-medical-registration': registrationKind(people, flexibleMedical),
    'flexible-medical-change': changeKind(people, flexibleMedical),
    'matter-registration': matterRegistrationKind(),
    'registration-end': registrationEndKind(people, insurances),
    'enrolment-query': enrolmentQueryKind(people, insurances)
  }
}

/** Changes what is registered of an insured person; who is not insured has nothing to change. */
function changeKind(people: People, insurance: Insurance): Kind {
  return {
    async handle(work) {
      const { idNumber } = readPerson(work.fields)
      const { isEnrolled } = await findEnrolment(work, people, insurance, idNumber)
      return isEnrolled ? { result: { insurance: insurance.slug, changedOn: work.today } } : notRegistered(insurance)
    }
  }
}
