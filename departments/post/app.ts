import type { Department } from '../common/run-department.ts'
import { postKinds } from './kinds.ts'

/** The stand-in of the postal service; run by `runDepartment`. */
export function postDepartment(): Department {
  return { name: 'post', prefix: 'YZ', folder: new URL('.', import.meta.url).href, kinds: postKinds }
}
