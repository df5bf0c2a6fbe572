import { expect } from 'chai'
import { redact, removedKeys, scrub } from '../../core/redaction.ts'

describe('core/redaction', () => {
  it('removes ID numbers and mobiles from free text', () => {
    for (const number of ['11010519491231002X', '11010519491231002x', '450103199001010011', '110105491231002', '13812345678', '１３８１２３４５６７８']) {
      expect(redact(`申请人${number}，见附件`), number).to.equal('申请人[已隐去]，见附件')
    }
  })

  it('leaves case numbers, instants and short numbers alone', () => {
    for (const text of ['450000 20261123YJS0000011', '123456789012345678901234', '1795392000000', '12812345678', '2026-11-23']) {
      expect(redact(text), text).to.equal(text)
    }
  })

  it('removes every key of the list at any depth it follows', () => {
    for (const key of removedKeys) {
      expect(scrub({ [key]: 'x', a: { b: { c: { [key]: { y: 1 }, ok: 1 } } } }), key).to.deep.equal({ a: { b: { c: { ok: 1 } } } })
    }
  })

  it('drops what lies deeper, so that nothing escapes by nesting', () => {
    expect(JSON.stringify(scrub({ a: { b: { c: { d: { e: { idNumber: 'x', other: 'secret' } } } } } }))).to.not.contain('secret')
  })

  it('keeps plain values, dates and lists', () => {
    const at = new Date(0)
    expect(scrub({ n: 1, b: false, u: null, at, list: ['a', 13812345678] })).to.deep.equal({ n: 1, b: false, u: null, at: at.toISOString(), list: ['a', 13812345678] })
  })
})
