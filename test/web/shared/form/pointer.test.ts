import { expect } from 'chai'
import { controlId, valueAt, withValueAt } from '../../../../web/src/shared/form/pointer.ts'

describe('form/pointer', () => {
  const content = { common: { person: { name: '韦' } }, items: { card: { rows: [{ a: 1 }, { a: 2 }] } } }

  it('reads and writes one value, leaving what was given as it was', () => {
    expect(valueAt(content, '/items/card/rows/1/a')).to.equal(2)
    expect(valueAt(content, '/items/none/rows/1/a')).to.equal(undefined)
    const next = withValueAt(content, '/items/card/rows/1/a', 3)
    expect(next.items.card.rows).to.deep.equal([{ a: 1 }, { a: 3 }])
    expect(content.items.card.rows[1]).to.deep.equal({ a: 2 })
    expect(next.common, 'the rest is the same').to.equal(content.common)
  })

  it('makes what is not there, and takes away what is undefined', () => {
    expect(withValueAt({}, '/items/card/delivery/method', 'mail')).to.deep.equal({ items: { card: { delivery: { method: 'mail' } } } })
    expect(withValueAt({ a: 1, b: 2 }, '/a', undefined)).to.deep.equal({ b: 2 })
  })

  it('names the control of a field', () => {
    expect(controlId('/common/person/name')).to.equal('field-common-person-name')
  })
})
