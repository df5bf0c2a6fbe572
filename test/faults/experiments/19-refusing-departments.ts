import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause, setFaults } from '../support/form.ts'

export const experiment: Experiment = {
  id: 19, nameZh: '部门 429 和 503', name: '429, 503 with Retry-After',
  hypothesis: 'calls wait as long as they are asked to, and no case needs a person',
  async act({ stack, random, count }) {
    await setFaults(stack, [{ mode: 'error', status: 429 }], 'hrss')
    await setFaults(stack, [{ mode: 'maintenance' }], 'medical')
    await setFaults(stack, [{ mode: 'error', status: 503 }], 'tax')
    const cases = await submitCases(stack, count)
    await pause(3000 + random() * 5000)
    await setFaults(stack, [])
    return { cases, healedAt: Date.now() }
  }
}
