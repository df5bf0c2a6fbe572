import type { Department } from '../common/run-department.ts'
import type { People } from '../people/index.ts'
import { taxKinds } from './kinds.ts'

/** The stand-in of the tax department; run by `runDepartment`. */
export function taxDepartment(people: People): Department {
  return { name: 'tax', prefix: 'SW', folder: new URL('.', import.meta.url).href, kinds: taxKinds(people) }
}
