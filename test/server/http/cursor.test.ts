import { expect } from 'chai'
import { readCursor, writeCursor } from '../../../server/http/cursor.ts'

describe('http/cursor', () => {
  it('hands a place back as it was', () => {
    expect(readCursor(writeCursor({ key: 1742784000000, id: 'a-1' }), 'instant')).to.deep.equal({ key: 1742784000000, id: 'a-1' })
    expect(readCursor(writeCursor({ key: '2026-03-24', id: 'a-1' }), 'day')).to.deep.equal({ key: '2026-03-24', id: 'a-1' })
    expect(readCursor(undefined, 'day')).to.equal(null)
  })

  it('takes nothing that it did not write', () => {
    const odd = [
      '', 'x', writeCursor({ key: '2026-03-24', id: 'a-1' }), writeCursor({ key: 1.5, id: 'a-1' }), writeCursor({ key: 1, id: "' or 1=1" }),
      Buffer.from('{}').toString('base64url')
    ]
    for (const one of odd) expect(() => readCursor(one, 'instant'), one).to.throw().with.property('code', 'CURSOR_INVALID')
  })
})
