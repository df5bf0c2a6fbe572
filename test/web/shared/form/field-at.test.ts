import { expect } from 'chai'
import { fieldAt } from '../../../../web/src/shared/form/field-at.ts'

describe('form/field-at', () => {
  const mobile = { title: '联系电话', type: 'string' }
  const rows = { type: 'array', items: { type: 'object', properties: { base: { title: '缴费基数' } } } }
  const forms = {
    common: { schema: { type: 'object', properties: { person: { type: 'object', properties: { mobile } } } }, ui: { person: { mobile: { 'ui:help': '短信' } } } },
    matters: { levy: { schema: { type: 'object', properties: { rows } }, ui: { rows: { items: { base: { 'ui:widget': 'money' } } } } } }
  }

  it('finds a field of the common part, of a matter, and of a row', () => {
    expect(fieldAt(forms, '/common/person/mobile')).to.deep.equal({ schema: mobile, ui: { 'ui:help': '短信' } })
    expect(fieldAt(forms, '/items/levy/rows/0/base')).to.deep.equal({ schema: { title: '缴费基数' }, ui: { 'ui:widget': 'money' } })
    expect(fieldAt(forms, '/items/levy/rows')?.schema).to.equal(rows)
  })

  it('finds nothing where the form has nothing', () => {
    for (const pointer of ['/common/person/nickname', '/items/other/rows', '/agent/name', '/elsewhere']) expect(fieldAt(forms, pointer), pointer).to.equal(undefined)
  })
})
