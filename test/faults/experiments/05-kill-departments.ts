import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

export const experiment: Experiment = {
  id: 5, nameZh: '强行终止部门系统', name: 'kill -9 departments',
  hypothesis: 'the supervisor starts it again, nothing is lost and nothing doubled',
  async act({ stack, random, count }) {
    const submitting = submitCases(stack, count)
    for (let kill = 0; kill < 3; kill++) {
      await pause(1000 + random() * 2500)
      stack.system.children.departments.signal('SIGKILL')
    }
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
