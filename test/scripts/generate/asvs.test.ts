import { expect } from 'chai'
import { lostProofs, readAsvs } from '../../../scripts/generate/asvs.ts'

describe('the table of ASVS items', () => {
  const { items, open } = readAsvs()

  it('names for each item a test that is there', () => {
    expect(items.filter(({ tests }) => tests.length === 0)).to.deep.equal([])
    expect(lostProofs(items)).to.deep.equal([])
  })

  it('would tell of a test that was taken out, and of a file', () => {
    const gone = ['test/server/problem.test.ts › tells everything', 'test/server/nobody.test.ts › is here']
    expect(lostProofs([{ id: '1.1.1', title: 'x', tests: gone }])).to.deep.equal(gone.map(test => `1.1.1: ${test}`))
  })

  it('says of each open item why it is open', () => {
    for (const { why } of open) expect(why).to.match(/\.$/)
  })
})
