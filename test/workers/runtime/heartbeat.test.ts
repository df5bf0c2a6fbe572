import { expect } from 'chai'
import { startHeartbeat } from '../../../workers/runtime/heartbeat.ts'
import type { Report } from '../../../workers/runtime/engine-api.ts'
import { until } from '../../support/until.ts'

describe('heartbeat', () => {
  it('extends the lock each third of its time until it is stopped', async () => {
    const calls: unknown[] = []
    const engine = { extendLock: async (...args: unknown[]) => { calls.push(args); return 'done' as const } }
    const heartbeat = startHeartbeat(engine, 't1', 30, () => expect.fail('nothing was lost'))
    await until('three beats', async () => calls.length >= 3)
    heartbeat.stop()
    expect(calls[0]).to.deep.equal(['t1', 30])
    const count = calls.length
    await new Promise(resolve => setImmediate(resolve))
    expect(calls).to.have.length(count)
  })

  for (const report of ['gone', 'foreign'] as const) {
    it(`tells once that the task is ${report}`, async () => {
      let lost = 0
      const engine = { extendLock: async (): Promise<Report> => report }
      startHeartbeat(engine, 't1', 15, () => lost++)
      await until('the loss', async () => lost > 0)
      expect(lost).to.equal(1)
    })
  }

  it('goes on when the engine does not answer', async () => {
    let beats = 0
    const engine = { extendLock: async () => { beats++; throw new Error('no answer') } }
    const heartbeat = startHeartbeat(engine, 't1', 15, () => expect.fail('nothing is known to be lost'))
    await until('three beats', async () => beats >= 3)
    heartbeat.stop()
  })
})
