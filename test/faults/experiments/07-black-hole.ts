import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

export const experiment: Experiment = {
  id: 7, nameZh: '引擎线路黑洞', name: 'black hole between workers and engine',
  hypothesis: 'every call has a deadline, so polling goes on once the line is whole',
  async act({ stack, random, count, engineLine }) {
    const submitting = submitCases(stack, count)
    await pause(1000 + random() * 1000)
    engineLine.setMode('blackhole')
    await pause(8000)
    engineLine.setMode('pass')
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
