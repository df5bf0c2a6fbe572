import { expect } from 'chai'
import { isAbout, numberOf, optionalText, textOf } from '../../../../server/services/policy/decision-rows.ts'

const row = { matter: 'flexible-pension', name: '居民户口簿', standard: '', days: 3, none: null }

describe('rows of a decision table', () => {
  it('give text and numbers by column', () => {
    expect(textOf(row, 'name')).to.equal('居民户口簿')
    expect(numberOf(row, 'days')).to.equal(3)
    expect(numberOf(row, 'none')).to.equal(null)
    expect(numberOf(row, 'missing')).to.equal(null)
  })

  it('leave out an empty text', () => {
    expect(optionalText(row, 'standard')).to.equal(null)
    expect(optionalText(row, 'name')).to.equal('居民户口簿')
  })

  it('fail as DECISION_FAILED when a table gives something else', () => {
    expect(() => textOf(row, 'days')).to.throw().with.property('code', 'DECISION_FAILED')
    expect(() => numberOf(row, 'name')).to.throw().with.property('code', 'DECISION_FAILED')
  })

  it('are about their matter, or about each', () => {
    expect(isAbout(row, 'flexible-pension')).to.equal(true)
    expect(isAbout(row, 'flexible-medical')).to.equal(false)
    expect(isAbout({ matter: '*' }, 'flexible-medical')).to.equal(true)
  })
})
