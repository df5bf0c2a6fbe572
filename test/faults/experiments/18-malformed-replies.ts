import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { setFaults } from '../support/form.ts'

export const experiment: Experiment = {
  id: 18, nameZh: '应答残缺', name: 'truncated JSON',
  hypothesis: 'what cannot be trusted is never taken for a registration',
  async act({ stack, random, count }) {
    const bad = () => ({ mode: 'malformed', count: 3 + Math.floor(random() * 5) })
    await setFaults(stack, [bad(), bad()])
    const cases = await submitCases(stack, count)
    const healedAt = Date.now()
    return { cases, healedAt }
  }
}
