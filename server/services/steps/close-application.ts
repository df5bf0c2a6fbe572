import { updateApplication } from '../../db/applications.ts'
import type { RecordStep } from './step.ts'

/** 办结归档: the process has come to its end; from now on the applicant may rate (好差评). */
export const closeApplication: RecordStep = {
  async run({ trx, subject: { application }, at, audit }) {
    if (application.closed_at !== null) return {}
    await updateApplication(trx, application.id, { closed_at: at }, at)
    await audit('application-closed')
    return {}
  }
}
