import { expect } from 'chai'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { situationOf, unknownSituation } from '../../../../server/services/policy/situation.ts'

const rules = createRegionCatalogue().situation('guangxi')
const read = (items: Record<string, Record<string, unknown>>, agent: Record<string, unknown> | null = null) =>
  situationOf(rules, { common: {}, items, agent })

describe('the situation that a form tells', () => {
  it('is open while the part of the form is not there, but for the agent', () => {
    expect(read({})).to.deep.equal({ ...unknownSituation(rules), hasAgent: 'no' })
    expect(read({}, { name: '韦志强' })).to.have.property('hasAgent', 'yes')
  })

  it('tells whether the place of insurance is in the county of the household (五: 不在户籍地参保)', () => {
    const told = (items: Record<string, Record<string, unknown>>, householdDivision?: string) =>
      situationOf(rules, { common: { person: { householdDivision } }, items, agent: null }).enrolsAtHousehold
    expect(told({ 'flexible-medical': { enrolmentDivision: '450103001001' } }, '450103004002')).to.equal('yes')
    expect(told({ 'flexible-medical': { enrolmentDivision: '450103001001' } }, '450203001002')).to.equal('no')
    expect(told({ 'resident-medical': { communityDivision: '450102001003' } }, '450103001001')).to.equal('no')
    expect(told({ 'resident-medical': { community: '新竹社区' } }, '450103001001')).to.equal('unknown')
    expect(told({ 'flexible-medical': { enrolmentDivision: '450103001001' } })).to.equal('unknown')
  })

  it('tells which way an archive goes, and who keeps it', () => {
    expect(read({ 'archive-transfer': {} })).to.include({ archiveDirection: 'receive', archiveHolder: 'unknown' })
    expect(read({ 'archive-transfer': { direction: 'dispatch', archiveHolderType: 'state-employer' } }))
      .to.include({ archiveDirection: 'transfer-out', archiveHolder: 'institution' })
    expect(read({ 'archive-transfer': { archiveHolderType: 'school' } })).to.include({ archiveHolder: 'agency' })
  })

  it('tells the special groups that ask for a paper, one by one', () => {
    expect(read({ 'resident-pension': {} }))
      .to.include({ isSeverelyDisabled: 'no', isDestitute: 'no', hasMinimumAllowance: 'no', hasOtherSpecialStatus: 'no' })
    expect(read({ 'resident-pension': { specialGroups: ['severely-disabled', 'village-cadre'] } }))
      .to.include({ isSeverelyDisabled: 'yes', isDestitute: 'no', hasMinimumAllowance: 'no', hasOtherSpecialStatus: 'yes' })
    expect(read({ 'resident-pension': { specialGroups: ['low-income-disabled', 'returned-to-poverty'] } }))
      .to.include({ isLowIncomeDisabled: 'yes', isReturnedToPoverty: 'yes', hasOtherSpecialStatus: 'no' })
  })

  it('finds a new name or number in the rows of either change', () => {
    const changes = (item: string) => ({ changes: [{ item: 'mobile', after: '1' }, { item, after: '2' }] })
    expect(read({ 'flexible-medical-change': changes('idNumber') })).to.have.property('changesNameOrIdNumber', 'yes')
    expect(read({ 'resident-medical-change': changes('ethnicity') })).to.have.property('changesNameOrIdNumber', 'no')
    expect(read({ 'resident-medical-change': changes('postalCode'), 'flexible-medical-change': changes('name') }))
      .to.have.property('changesNameOrIdNumber', 'yes')
  })
})
