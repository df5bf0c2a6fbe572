import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { askedFields, fenOf, holds, optionsOf, spoken, withoutUnasked, yuan } from '../../../../web/src/shared/form/schema.ts'
import type { Schema, Ui } from '../../../../web/src/shared/form/schema.ts'

/** Keywords that `holds` knows; an `if` with another one would be answered wrongly. */
const KNOWN = new Set(['properties', 'required', 'const', 'enum', 'type', 'contains', 'allOf'])

describe('form/schema', () => {
  const schema: Schema = {
    type: 'object',
    properties: { kind: { title: '类别', type: 'string' }, other: { title: '其他', type: 'string' }, tax: { readOnly: true }, delivery: {
      type: 'object', properties: { method: {}, address: {} },
      if: { properties: { method: { const: 'mail' } }, required: ['method'] }, then: { required: ['address'] }, else: { properties: { address: false } }
    } },
    required: ['kind'],
    allOf: [{
      if: { properties: { kind: { enum: ['other'] } }, required: ['kind'] },
      then: { required: ['other'] }, else: { properties: { other: false } }
    }]
  }
  const ui: Ui = { 'ui:order': ['other', 'kind'] }
  const asked = (value: Record<string, unknown>) => askedFields(schema, ui, value).map(({ name, isRequired }) => `${name}${isRequired ? '!' : ''}`)

  it('asks what the conditions of the form say, in the order of the form', () => {
    expect(asked({})).to.deep.equal(['kind!', 'delivery'])
    expect(asked({ kind: 'other' })).to.deep.equal(['other!', 'kind!', 'delivery'])
    expect(asked({ kind: 'one', tax: 3 }), 'what others fill in is shown once it is there').to.deep.equal(['kind!', 'tax', 'delivery'])
  })

  it('asks only what has to be filled in where the form wants that, and what was filled in', () => {
    const short = (value: Record<string, unknown>) =>
      askedFields({ ...schema, properties: { ...schema.properties, note: {} } }, { 'ui:options': { onlyRequired: true } }, value).map(({ name }) => name)
    expect(short({ kind: 'one' })).to.deep.equal(['kind'])
    expect(short({ kind: 'other', note: 'x' })).to.deep.equal(['kind', 'other', 'note'])
  })

  it('leaves out what is no longer asked, at every depth', () => {
    expect(withoutUnasked(schema, { kind: 'one', other: 'x', delivery: { method: 'online', address: 'y' } }))
      .to.deep.equal({ kind: 'one', delivery: { method: 'online' } })
    expect(withoutUnasked(schema, { kind: 'other', other: 'x', delivery: { method: 'mail', address: 'y' } }))
      .to.deep.equal({ kind: 'other', other: 'x', delivery: { method: 'mail', address: 'y' } })
  })

  it('understands each condition that a form of ours has', () => {
    const regions = createRegionCatalogue()
    const conditions: Schema[] = []
    const collect = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return
      for (const [key, value] of Object.entries(part)) {
        if (key === 'if') conditions.push(value as Schema)
        collect(value)
      }
    }
    for (const region of readdirSync('forms').filter(name => !name.includes('.'))) {
      for (const slug of ['common', 'agent', ...regions.get(region).matters.map(one => one.slug)]) collect(regions.form(region, slug).schema)
    }
    const keywords = (condition: Schema): string[] => Object.entries(condition).flatMap(([key, value]) =>
      [key, ...key === 'properties' ? Object.values(value as Record<string, Schema>).flatMap(keywords) : key === 'contains' ? keywords(value as Schema) : []])
    expect(conditions).to.have.length.above(10)
    expect([...new Set(conditions.flatMap(keywords))].filter(keyword => !KNOWN.has(keyword))).to.deep.equal([])
  })

  it('looks into lists, and takes an absent field for one that breaks no condition but `required`', () => {
    const contains: Schema = { properties: { groups: { type: 'array', contains: { const: 'other' } } }, required: ['groups'] }
    expect([{ groups: ['other'] }, { groups: ['a'] }, { groups: [] }, {}].map(value => holds(contains, value))).to.deep.equal([true, false, false, false])
    expect(holds({ properties: { a: { const: true } } }, {})).to.equal(true)
  })

  it('says values as people do, and reads amounts as they type them', () => {
    const choice: Schema = { oneOf: [{ const: 'a', title: '甲' }, { const: 'b', title: '乙' }] }
    expect([spoken(choice, 'b'), spoken({ items: choice }, ['a', 'b']), spoken({}, true), spoken({ 'x-unit': 'fen' }, 20050), spoken({}, undefined)])
      .to.deep.equal(['乙', '甲、乙', '是', '200.50元', ''])
    expect(spoken({ 'x-division': true }, '450103001001', () => '南宁市青秀区')).to.equal('南宁市青秀区')
    expect([fenOf('200'), fenOf('4,054.5'), fenOf(' '), fenOf('二百'), yuan(405450)]).to.deep.equal([20000, 405450, undefined, '二百', '4054.50'])
    expect(optionsOf(choice, { 'ui:options': { first: ['b'] } }).map(one => one.const)).to.deep.equal(['b', 'a'])
  })
})
