import { expect } from 'chai'
import { submitCases } from '../support/experiment.ts'
import { pause, restart } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'

export const experiment: Experiment = {
  id: 29, nameZh: '引擎密码不符', name: 'the engine has another password for a while',
  hypothesis: 'server and workers are refused, go on asking, and work on without a restart once the password is theirs again',
  async act({ stack, random, count }) {
    const { engine, workers, server } = stack.system.children
    const submitting = submitCases(stack, count)
    await pause(1000 + random() * 1500)
    const before = engine.plan.env.ENGINE_PASSWORD
    const pids = [workers.pid, server.pid]
    try {
      await restart(stack, 'engine', { ENGINE_PASSWORD: 'rotated-without-telling' })
      await pause(8000)
    } finally {
      await restart(stack, 'engine', { ENGINE_PASSWORD: before })
    }
    const healedAt = Date.now()
    const cases = await submitting
    expect([workers.pid, server.pid], 'nobody was restarted').to.deep.equal(pids)
    return { cases, healedAt }
  }
}
