import type { Department } from '../common/run-department.ts'
import { messageKinds } from './kinds.ts'

/** The stand-in of the text message service; run by `runDepartment`. */
export function messageDepartment(): Department {
  return { name: 'message', prefix: 'DX', folder: new URL('.', import.meta.url).href, kinds: messageKinds }
}
