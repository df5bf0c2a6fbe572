import { answerHeldEnrolments } from '../common/held-enrolments.ts'
import type { Department } from '../common/run-department.ts'
import type { People } from '../people/index.ts'
import { medicalKinds, insurances } from './kinds.ts'

/** The stand-in of the medical insurance department; run by `runDepartment`. */
export function medicalDepartment(people: People): Department {
  return {
    name: 'medical', prefix: 'YB', folder: new URL('.', import.meta.url).href, kinds: medicalKinds(people),
    extend: answerHeldEnrolments(insurances)
  }
}
