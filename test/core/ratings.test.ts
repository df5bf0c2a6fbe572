import { expect } from 'chai'
import { isBadRating, ratingLevels, ratingReasons, reasonText } from '../../core/ratings.ts'

describe('core/ratings', () => {
  it('takes 不满意 and 非常不满意 for bad, and nothing better', () => {
    expect(ratingLevels.filter(({ level }) => isBadRating(level)).map(({ label }) => label)).to.deep.equal(['不满意', '非常不满意'])
  })

  it('reads a code as its text and leaves a text of one\'s own alone', () => {
    for (const { code, text } of ratingReasons) expect(reasonText(code)).to.equal(text)
    expect(reasonText('排队太久')).to.equal('排队太久')
  })
})
