import { expect } from 'chai'
import { bundle, formsRoot, noticesOf, resolveRefs } from '../../../../server/services/forms/form-bundle.ts'

describe('form bundle', () => {
  const definitions = { short: { type: 'string', title: '短文', maxLength: 5 }, pair: { items: { $ref: '#/$defs/short' } } }

  it('puts the definition in place of its reference, and lets what stands beside it win', () => {
    const schema = { properties: { a: { $ref: '../vocabulary.schema.json#/$defs/short', title: '甲' }, b: { $ref: '#/$defs/pair' } } }
    expect(resolveRefs(schema, definitions)).to.deep.equal({
      properties: { a: { type: 'string', title: '甲', maxLength: 5 }, b: { items: definitions.short } }
    })
  })

  it('refuses a reference to nothing', () => {
    const schema = { $ref: '../vocabulary.schema.json#/$defs/missing' }
    expect(() => resolveRefs(schema, definitions)).to.throw('#/$defs/missing').with.property('code', 'DATA_INVALID')
  })

  it('is read once, and holds common, agent and matters with their notices', () => {
    const forms = bundle('guangxi')
    expect(bundle('guangxi', formsRoot({ regionsDir: '' }))).to.equal(forms)
    expect(forms.agent.schema.title).to.equal('委托办理')
    expect(noticesOf(forms.matters['resident-medical']!)).to.have.length(3)
    expect(noticesOf(forms.matters['archive-transfer']!)).to.deep.equal([])
  })
})
