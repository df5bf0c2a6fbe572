import { answerHeldEnrolments } from '../common/held-enrolments.ts'
import type { Department } from '../common/run-department.ts'
import type { People } from '../people/index.ts'
import { hrssKinds, insurances } from './kinds.ts'

/** The stand-in of the human resources and social security department; run by `runDepartment`. */
export function hrssDepartment(people: People): Department {
  return {
    name: 'hrss', prefix: 'RS', folder: new URL('.', import.meta.url).href, kinds: hrssKinds(people),
    extend: answerHeldEnrolments(insurances)
  }
}
