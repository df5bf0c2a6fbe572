import { expect } from 'chai'
import { setTimeout as pause } from 'node:timers/promises'
import { listen } from '../../../../web/src/desk/shared/live-stream.ts'
import type { Stream } from '../../../../web/src/desk/shared/live-stream.ts'

const [CONNECTING, OPEN, CLOSED] = [0, 1, 2]

type Held = Stream & { readyState: number }
const ANEW_MS = 5

describe('the stream of changes', () => {
  const world = () => {
    const opened: Held[] = []
    const seen = { changes: 0, losses: 0 }
    const stop = listen({
      open: () => {
        const stream: Held = {
          readyState: CONNECTING, onopen: null, onmessage: null, onerror: null, close: () => { stream.readyState = CLOSED }
        }
        opened.push(stream)
        return stream
      },
      onChange: () => { seen.changes++ },
      onLost: () => { seen.losses++ }
    }, ANEW_MS)
    return { opened, seen, stop }
  }
  const become = (stream: Held, readyState: number): void => {
    stream.readyState = readyState
    if (readyState === OPEN) stream.onopen!()
    else stream.onerror!()
  }

  it('is opened anew after the server refused it, and asks for what happened meanwhile', async () => {
    const { opened, seen, stop } = world()
    become(opened[0]!, CLOSED)
    expect(seen).to.deep.equal({ changes: 0, losses: 1 })
    await pause(ANEW_MS * 4)
    expect(opened).to.have.length(2)
    expect(seen.changes).to.equal(1)
    become(opened[1]!, OPEN)
    expect(seen.changes).to.equal(2)
    stop()
  })

  it('is left to the browser when it only broke', async () => {
    const { opened, seen, stop } = world()
    become(opened[0]!, OPEN)
    expect(seen.changes).to.equal(0)
    become(opened[0]!, CONNECTING)
    become(opened[0]!, OPEN)
    await pause(ANEW_MS * 4)
    expect([opened.length, seen.changes, seen.losses]).to.deep.equal([1, 1, 0])
    stop()
  })

  it('stays closed once it is stopped', async () => {
    const { opened, stop } = world()
    become(opened[0]!, CLOSED)
    stop()
    await pause(ANEW_MS * 4)
    expect(opened).to.have.length(1)
  })
})
