import { expect } from 'chai'
import { changesOf, insuredAs } from '../../core/insurance-change.ts'

describe('change of what an insurance has registered', () => {
  it('is a list of rows, or none', () => {
    expect(changesOf({})).to.deep.equal([])
    expect(changesOf({ changes: 'x' })).to.deep.equal([])
    expect(changesOf({ changes: [{ item: 'name', after: 'x' }] })).to.have.length(1)
  })

  it('is made to the person under the old name and number', () => {
    expect(insuredAs({ name: '新', idNumber: '2', idType: 'resident-id', identityBefore: { name: '旧', idNumber: '1' } }))
      .to.deep.equal({ name: '旧', idNumber: '1', idType: 'resident-id' })
    expect(insuredAs({ name: '新', identityBefore: null })).to.deep.equal({ name: '新' })
  })
})
