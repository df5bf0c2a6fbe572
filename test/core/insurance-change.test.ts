import { expect } from 'chai'
import { changesOf, insuredAs, verifyChangeBy } from '../../core/insurance-change.ts'
import { PERSON, records, runStep } from '../workers/matter-fixture.ts'

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

  for (const channel of ['online', 'platform', 'window']) {
    it(`is left to a person where 其他 says what is changed, from ${channel}`, async () => {
      const changes = [{ item: 'other', itemName: '户口性质', before: '农业', after: '居民', isConfirmed: true }]
      const { result } = await runStep(verifyChangeBy([]), { ...PERSON, changes }, records({}), { channel })
      expect(result.variables).to.deep.equal({ verification: 'doubtful', changesNameOrIdNumber: false })
      expect(result.reasons.map(({ code }) => code)).to.deep.equal(['OTHER'])
    })
  }
})
