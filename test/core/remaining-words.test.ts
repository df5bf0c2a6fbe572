import { expect } from 'chai'
import { remainingWords } from '../../core/remaining-words.ts'

describe('core/remaining-words', () => {
  it('says in words how much time is left', () => {
    expect([2, 1, 0, -1, -12, null].map(remainingWords))
      .to.deep.equal(['剩2个工作日', '剩1个工作日', '今日到期', '超期1日', '超期12日', '无时限'])
  })
})
