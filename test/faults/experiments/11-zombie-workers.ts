import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

const LOCK_MS = 20_000

export const experiment: Experiment = {
  id: 11, nameZh: '办件程序假死', name: 'zombie workers',
  hypothesis: 'stale completions are refused or harmless',
  async act({ stack, random, count }) {
    const submitting = submitCases(stack, Math.min(count, 20))
    await pause(800 + random() * 800)
    stack.system.children.workers.signal('SIGSTOP')
    await pause(2 * LOCK_MS)
    stack.system.children.workers.signal('SIGCONT')
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
