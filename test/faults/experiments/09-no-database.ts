import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

/** What ends a partition is a router that has forgotten the connections, so they are cut. */
export const experiment: Experiment = {
  id: 9, nameZh: '数据库断网', name: 'server and engine cut off from PostgreSQL',
  hypothesis: 'no half-written case; when the line is whole all goes on',
  async act({ stack, random, count, databaseLine }) {
    const submitting = submitCases(stack, count)
    await pause(1000 + random() * 1500)
    databaseLine.setMode('blackhole')
    await pause(10_000)
    databaseLine.setMode('reset')
    databaseLine.setMode('pass')
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
