import { expect } from 'chai'
import { createLog } from '../../../core/log.ts'
import { startLoop } from '../../../server/engine/loop.ts'
import { until } from '../../support/until.ts'

function recording(): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = []
  return { lines, log: createLog({ destination: { write: (line: string) => { lines.push(line) } } }) }
}

describe('engine/loop', () => {
  it('goes on after failures and logs only each change of state', async () => {
    const { lines, log } = recording()
    let rounds = 0
    const loop = startLoop({ name: 'feed', every: 1, log, work: async () => { if (++rounds <= 3) throw new Error('away') } })
    await until('six rounds', async () => rounds >= 6, 2000)
    await loop.stop()
    const messages = lines.map(line => (JSON.parse(line) as { msg: string }).msg)
    expect(messages).to.deep.equal(['feed: failed, will be repeated', 'feed: works again'])
  })

  it('begins the next round when it is woken, also during a round', async () => {
    const { log } = recording()
    let rounds = 0
    const loop = startLoop({ name: 'relay', every: 3_600_000, log, work: async () => { if (++rounds === 1) loop.wake() } })
    await until('the second round', async () => rounds === 2, 2000)
    loop.wake()
    await until('the third round', async () => rounds === 3, 2000)
    await loop.stop()
  })

  it('waits on stopping for the round under way, and begins no other', async () => {
    const { log } = recording()
    let rounds = 0
    let finish: () => void = () => undefined
    const loop = startLoop({ name: 'x', every: 0, log, work: () => new Promise<void>(resolve => { rounds++; finish = resolve }) })
    await until('a round', async () => rounds === 1, 2000)
    const stopped = loop.stop()
    finish()
    await stopped
    expect(rounds).to.equal(1)
  })
})
