import { expect } from 'chai'
import { expectedWords, MEANINGS } from '../../../web/src/oversight/labels.ts'

describe('the words of oversight', () => {
  it('give the day a task is expected to be done, and without one say why there is none and what that means', () => {
    expect(expectedWords('2026-04-02', 28)).to.equal('2026-04-02')
    expect(expectedWords(null, 28)).to.equal('无法预计：所在队列近 28 日没有办结；承诺日已过，已经超期')
  })

  it('say of red what it is where there is no statutory limit, too', () => {
    expect(MEANINGS.red).to.match(/^超过法定时限；没有法定时限的，/)
  })
})
