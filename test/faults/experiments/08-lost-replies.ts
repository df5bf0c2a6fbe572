import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

export const experiment: Experiment = {
  id: 8, nameZh: '引擎应答丢失', name: 'requests reach the engine, replies are lost',
  hypothesis: 'a completion that was done and not heard of is not done twice',
  async act({ stack, random, count, engineLine }) {
    const submitting = submitCases(stack, count)
    await pause(1000 + random() * 1500)
    engineLine.setMode('drop-replies')
    await pause(6000)
    engineLine.setMode('reset')
    engineLine.setMode('pass')
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
