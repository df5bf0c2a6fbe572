import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

/** A second late in each direction. */
export const experiment: Experiment = {
  id: 10, nameZh: '引擎线路迟缓', name: 'two seconds late on the line to the engine',
  hypothesis: 'no lock runs out over work that was not done twice',
  async act({ stack, random, count, engineLine }) {
    engineLine.setMode('latency', 1000)
    const submitting = submitCases(stack, count)
    await pause(12_000 + random() * 3000)
    engineLine.setMode('pass')
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
