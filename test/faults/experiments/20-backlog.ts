import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'

export const experiment: Experiment = {
  id: 20, nameZh: '积压', name: 'workers away while cases come in',
  hypothesis: 'the backlog drains beside live load',
  async act({ stack, count }) {
    const { workers } = stack.system.children
    await workers.stop(11_000)
    const waiting = await submitCases(stack, Math.ceil(count * 0.7))
    workers.startAgain()
    const healedAt = Date.now()
    const live = await submitCases(stack, Math.floor(count * 0.3))
    return { cases: [...waiting, ...live], healedAt }
  }
}
