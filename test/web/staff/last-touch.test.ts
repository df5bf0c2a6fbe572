import { expect } from 'chai'
import { LastTouch } from '../../../web/src/staff/last-touch.ts'

const MINUTE = 60_000
const NOON = Date.parse('2026-05-06T12:00:00+08:00')

describe('the last touch of any tab', () => {
  const browser = (): [LastTouch, LastTouch] => {
    const held = new Map<string, string>()
    const store = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) }
    return [new LastTouch(store), new LastTouch(store)]
  }

  it('keeps a tab open that nobody touched while another is worked in', () => {
    const [left, used] = browser()
    left.note(NOON)
    used.note(NOON + 14 * MINUTE)
    expect(left.isIdle(NOON + 20 * MINUTE)).to.equal(false)
    expect(left.isIdle(NOON + 29 * MINUTE)).to.equal(true)
  })

  it('does not count when the clock was put back since', () => {
    const [tab, other] = browser()
    tab.note(NOON)
    expect(tab.isIdle(NOON - 60 * MINUTE)).to.equal(true)
    other.note(NOON - 60 * MINUTE)
    expect(tab.isIdle(NOON - 59 * MINUTE)).to.equal(false)
  })

  it('counts in its own tab where nothing can be stored', () => {
    const full = new LastTouch({ getItem: () => null, setItem: () => { throw new Error('QuotaExceededError') } })
    full.note(NOON)
    expect(full.isIdle(NOON + MINUTE)).to.equal(false)
  })
})
