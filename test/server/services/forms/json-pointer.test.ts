import { expect } from 'chai'
import { isWithin, withValueAt } from '../../../../server/services/forms/json-pointer.ts'

describe('services/json-pointer', () => {
  const root = { common: { person: { mobile: '1' } }, items: { a: { rows: [{ base: 1 }, { base: 2 }] } } }

  it('sets a value in a copy and makes objects on the way', () => {
    const changed = withValueAt(root, '/common/person/mobile', '2')
    expect(changed?.common.person.mobile).to.equal('2')
    expect(root.common.person.mobile).to.equal('1')
    expect(withValueAt(root, '/items/b/delivery/method', 'mail')?.items).to.deep.include({ b: { delivery: { method: 'mail' } } })
    expect(withValueAt(root, '/items/a/rows/1/base', 3)?.items.a.rows[1]!.base).to.equal(3)
  })

  it('knows no place beyond an array, below a text, or in a prototype', () => {
    for (const pointer of ['/items/a/rows/2', '/items/a/rows/2/base', '/items/a/rows/x', '/common/person/mobile/x', '/__proto__/x',
      '/common/constructor', '', '/']) {
      expect(withValueAt(root, pointer, 1), pointer).to.equal(undefined)
    }
    expect(({} as { x?: number }).x).to.equal(undefined)
  })

  it('tells what lies within a place by whole names', () => {
    expect([isWithin('/a/b', '/a'), isWithin('/a', '/a'), isWithin('/ab', '/a'), isWithin('/a', '/a/b')]).to.deep.equal([true, true, false, false])
  })
})
