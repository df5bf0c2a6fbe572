import { expect } from 'chai'
import { csvLine } from '../../../server/documents/csv.ts'

describe('documents/csv', () => {
  it('quotes what has to be quoted, and leaves nothing for null', () => {
    expect(csvLine(['办件', 'a,b', '他说"好"', 'x\ny', 3, null, true])).to.equal('办件,"a,b","他说""好""","x\ny",3,,true\r\n')
  })

  it('keeps text that looks like a formula text', () => {
    expect(csvLine(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx'])).to.equal(
      '"\'=HYPERLINK(""http://x"")",\'+1,\'-1,\'@SUM(A1),\'\tx\r\n')
    expect(csvLine([-1])).to.equal('-1\r\n')
  })
})
