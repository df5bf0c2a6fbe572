import { expect } from 'chai'
import { doubtsOf, identityBody, isHouseholdOutside, isInsuredElsewhere, lacksResidencePermit, readFacts, readRecords } from '../../core/person-records.ts'

const read = (result: Record<string, unknown>) => readRecords({ status: 'done', receipt: null, result, reasons: [] })
const input = { fields: {}, context: { region: 'guangxi', division: '450103', channel: 'online', slug: '' } }

describe('records of a person', () => {
  it('that are empty or of wrong types leave the identity in doubt and say nothing else', () => {
    for (const result of [{}, { matches: 'true', currentEnrolments: 'all', licences: {}, retirement: 1, household: [] }]) {
      expect(read(result)).to.deep.equal({
        matches: false, student: false, employerInsurances: [], currentEnrolments: [], cardApplied: false, cardAppliedIn: [],
        isRetired: false, household: '', residence: '', licences: []
      })
    }
  })

  it('of somebody else raise no doubt but that', () => {
    const codes = doubtsOf(read({ matches: false, student: true }), input, [() => ({ code: 'X', message: 'x' })]).map(({ code }) => code)
    expect(codes).to.deep.equal(['IDENTITY_NOT_CONFIRMED'])
  })

  it('are asked for with the identity and the licences looked for, nothing else', () => {
    expect(identityBody({ name: 'a', idType: 'b', idNumber: 'c', mobile: 'd' }, ['disability']))
      .to.deep.equal({ name: 'a', idType: 'b', idNumber: 'c', types: ['disability'] })
  })

  it('without any place raise no doubt about it', () => {
    expect(isHouseholdOutside('45')(read({ matches: true }), input)).to.equal(null)
    expect(lacksResidencePermit('45')(read({ matches: true }), input)).to.equal(null)
  })

  it('are held against the place of insurance: 户籍地, or 居住地 with its permit (四（一）4（2）, 五)', () => {
    const household = { division: '450203001002' }
    const away = { residence: { division: '450103004002' }, licences: [{ type: 'residence-permit' }] }
    const doubts = (insuredPlace: string | null, records: Record<string, unknown>) => doubtsOf(
      read({ matches: true, ...records }), { ...input, fields: { insuredPlace } }, [isInsuredElsewhere, lacksResidencePermit('45')]
    ).map(({ message }) => message)
    expect(doubts('450203004001', { household }), 'in the county of the household').to.deep.equal([])
    expect(doubts('450103001001', { household, ...away }), 'where the permit is for').to.deep.equal([])
    expect(doubts('450103001001', { household })).to.deep.equal(['不在户籍地参保，没有查到居住证，须由工作人员核验材料。'])
    expect(doubts('450702001001', { household, ...away })).to.deep.equal(['参保地既不是登记的户籍地，也不是登记的居住地，须由工作人员核实。'])
    expect(doubts('450702001001', { residence: away.residence }), 'of 港澳台居民').to.have.length(1)
    expect(doubts(null, { household }), 'not told').to.deep.equal([])
  })

  it('tell facts only where they answer: what is left out stays unknown, and of somebody not confirmed nothing is known', () => {
    const facts = (result: Record<string, unknown>) => readFacts({ status: 'done', receipt: null, result, reasons: [] })
    expect(facts({ matches: true })).to.deep.equal({})
    expect(facts({ matches: false, student: true, currentEnrolments: [] })).to.deep.equal({})
    expect(facts({
      matches: true, household: { division: '450103001001' }, residence: null, employmentStatus: 'flexible', student: false, employerInsured: false,
      employerInsurances: [], currentEnrolments: ['resident-medical'], cardApplied: true, cardAppliedIn: ['440000'], licences: []
    })).to.deep.equal({
      householdDivision: '450103001001', employmentStatus: 'flexible', isStudent: false, isEmployerInsured: false,
      employerInsurances: [], currentEnrolments: ['resident-medical'], hasAppliedForCard: true, cardAppliedIn: ['440000']
    })
  })
})
