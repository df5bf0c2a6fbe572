import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

export const experiment: Experiment = {
  id: 6, nameZh: '全部断电', name: 'kill -9 everything at once',
  hypothesis: 'the system converges with no manual step',
  async act({ stack, random, count }) {
    const submitting = submitCases(stack, count)
    await pause(1500 + random() * 3000)
    for (const child of Object.values(stack.system.children)) child.signal('SIGKILL')
    await stack.postgres!.kill9()
    await stack.postgres!.restart()
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
