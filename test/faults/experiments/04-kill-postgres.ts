import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

export const experiment: Experiment = {
  id: 4, nameZh: '强行终止数据库', name: 'kill -9 PostgreSQL',
  hypothesis: 'no acknowledged case is lost, the pools recover by themselves',
  async act({ stack, random, count }) {
    const submitting = submitCases(stack, count)
    await pause(1500 + random() * 2000)
    await stack.postgres!.kill9()
    await stack.postgres!.restart()
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
