import { expect } from 'chai'
import { startVariables } from '../../../server/engine/start-variables.ts'
import { toEngineVariables } from '../../../server/engine/engine-variables.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'

const id = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`

describe('engine/start-variables', () => {
  const region = createRegionCatalogue().get('guangxi')

  it('says of every matter and every insurance whether it is wanted, and names the ids of what is', () => {
    const variables = startVariables(region, { id: id(1), channel: 'online', division: '450103' },
      [{ id: id(2), slug: 'flexible-pension' }, { id: id(3), slug: 'contribution' }], [{ id: id(4), insurance: 'flexible-pension' }])
    expect(Object.keys(variables).filter(name => name.startsWith('sel'))).to.have.length(region.matters.length)
    expect(Object.keys(variables).filter(name => /^row[A-Z]/.test(name))).to.have.length(region.insurances.length)
    expect(variables).to.include({
      applicationId: id(1), region: 'guangxi', channel: 'online', division: '450103', selFlexiblePension: true, selContribution: true,
      selResidentPension: false, rowFlexiblePension: true, rowResidentMedical: false, flexiblePensionItemId: id(2), contributionItemId: id(3),
      flexiblePensionRowId: id(4)
    })
    expect(variables).not.to.have.property('residentPensionItemId')
    expect(() => toEngineVariables(variables, 0)).not.to.throw()
  })

  it('falls back to the home division', () => {
    expect(startVariables(region, { id: id(1), channel: 'online', division: null }, [], []).division).to.equal(region.homeDivision)
  })
})
