import { expect } from 'chai'
import { bodyOf, mistakesOf } from '../../../../web/src/apply/feedback/opinion.ts'

const opinion = { text: ' 排队太久 ', region: '', mobile: '' }

describe('apply/opinion', () => {
  it('asks for the text alone, and for a right number if there is one', () => {
    expect(mistakesOf(opinion)).to.deep.equal([])
    expect(mistakesOf({ ...opinion, mobile: '13900000001' })).to.deep.equal([])
    expect(mistakesOf({ ...opinion, text: ' \n', mobile: '139' }).map(({ path }) => path)).to.deep.equal(['/text', '/mobile'])
  })

  it('leaves out what is empty', () => {
    expect(bodyOf(opinion)).to.deep.equal({ text: '排队太久' })
    expect(bodyOf({ text: '好', region: 'r', mobile: '13900000001' })).to.deep.equal({ text: '好', region: 'r', mobile: '13900000001' })
  })
})
