import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

export const experiment: Experiment = {
  id: 30, nameZh: 'SQLite 强行终止', name: 'kill -9 of the server on SQLite',
  hypothesis: 'no acknowledged case is lost',
  isEmbedded: true,
  async act({ stack, random, count }) {
    const submitting = submitCases(stack, count)
    for (let kill = 0; kill < 3; kill++) {
      await pause(1500 + random() * 2500)
      stack.system.children.server.signal('SIGKILL')
    }
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
