import pg from 'pg'
import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause, setFaults } from '../support/form.ts'

export const experiment: Experiment = {
  id: 16, nameZh: '重复投递', name: 'outbox and call-backs delivered twice',
  hypothesis: 'what comes again has no second effect',
  async act({ stack, random, count }) {
    await setFaults(stack, [{ mode: 'duplicate-callbacks', count: 200 }])
    const submitting = submitCases(stack, count)
    const database = new pg.Client(stack.postgres!.url('server'))
    await database.connect()
    for (let round = 0; round < 4; round++) {
      await pause(1000 + random() * 1000)
      await database.query('update outbox set done_at = null, locked_until = null where done_at > $1', [Date.now() - 10_000])
    }
    await database.end()
    const healedAt = Date.now()
    const cases = await submitting
    await setFaults(stack, [])
    return { cases, healedAt }
  }
}
