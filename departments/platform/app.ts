import { entryRoutes } from './entry.ts'
import type { Department } from '../common/run-department.ts'
import { platformKinds } from './kinds.ts'
import { resultRoutes, resultTable } from './results.ts'
import type { PlatformOptions } from './types.ts'

/** The stand-in of the regions' government platforms (智桂通、我的宁夏); run by `runDepartment`. */
export function platformDepartment(options: PlatformOptions): Department {
  return {
    name: 'platform',
    prefix: 'PT',
    folder: new URL('.', import.meta.url).href,
    kinds: platformKinds(options),
    tables: [resultTable],
    extend(app, db, faults) {
      entryRoutes(app, options)
      resultRoutes(app, { db, faults, secret: options.callbackSecret })
    }
  }
}
