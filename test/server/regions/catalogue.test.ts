import { expect } from 'chai'
import { createRegionCatalogue, matterOf } from '../../../server/regions/catalogue.ts'

describe('regions/catalogue', () => {
  const catalogue = createRegionCatalogue()

  it('reads regions, forms, steps and guide from their folders', () => {
    expect(catalogue.all().map(({ slug }) => slug)).to.include('guangxi')
    expect(catalogue.form('guangxi', 'common').schema).to.have.property('properties')
    expect(catalogue.form('guangxi', 'agent').schema).to.have.property('properties')
    expect(Object.keys(catalogue.steps('guangxi'))).to.not.be.empty
    for (const page of catalogue.guide('guangxi')) expect(page.title).to.match(/[一-鿿]/)
  })

  it('refuses what it does not know, also when it is the name of a folder above', () => {
    for (const slug of ['atlantis', '..', '', '__proto__']) expect(() => catalogue.get(slug), slug).to.throw().with.property('code', 'REGION_UNKNOWN')
    expect(() => catalogue.form('guangxi', '../../package')).to.throw().with.property('code', 'MATTER_UNKNOWN')
    expect(() => matterOf(catalogue.get('guangxi'), 'x')).to.throw().with.property('code', 'MATTER_UNKNOWN')
  })

  it('knows no region where there is no folder', () => {
    expect(createRegionCatalogue('/nowhere').all()).to.deep.equal([])
  })
})
