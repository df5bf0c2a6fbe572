import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { setFaults } from '../support/form.ts'

export const experiment: Experiment = {
  id: 5, nameZh: '部门办完不回复', name: 'effect without a reply',
  hypothesis: 'asked for its request id before anything is repeated, a department does it once',
  async act({ stack, count }) {
    await setFaults(stack, [{ mode: 'effect-then-silence', count: 8 }])
    const cases = await submitCases(stack, count)
    return { cases, healedAt: Date.now() }
  }
}
