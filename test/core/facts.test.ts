import { expect } from 'chai'
import { impersonalFacts } from '../../core/facts.ts'
import type { ImpersonalFacts, RawFacts } from '../../core/facts.ts'

const TODAY = '2026-11-23'
const GUANGXI = { code: '450000' }
const factsOf = (raw: RawFacts) => impersonalFacts(raw, TODAY, GUANGXI)

/** Each line: what is told, and the facts that it must lead to. */
function expectEach(cases: readonly (readonly [RawFacts, Partial<ImpersonalFacts>])[]): void {
  for (const [raw, expected] of cases) expect(factsOf(raw), JSON.stringify(raw)).to.include(expected)
}

describe('core/facts', () => {
  it('says unknown, never false, of everything that was not told', () => {
    for (const [name, value] of Object.entries(factsOf({}))) expect(value, name).to.equal('unknown')
  })

  it('gives out nothing that names a person or a place', () => {
    const facts = factsOf({ birthDate: '1990-06-15', householdDivision: '450103001001', residenceDivision: '450103001001', sex: 'female' })
    expect(JSON.stringify(facts)).to.not.match(/1990|4501/)
  })

  it('reaches 16 years on the birthday', () => {
    expectEach([
      [{ birthDate: '2010-11-23' }, { isAtLeast16: 'yes' }],
      [{ birthDate: '2010-11-24' }, { isAtLeast16: 'no' }],
      [{ birthDate: '2026-11-24' }, { isAtLeast16: 'unknown' }],
      [{ birthDate: '1990-02-30' }, { isAtLeast16: 'unknown' }]
    ])
  })

  it('compares with the gradual retirement age, and leaves women between the two original ages to a person', () => {
    expectEach([
      [{ birthDate: '1966-06-23', sex: 'male' }, { isBelowRetirementAge: 'no' }], // 60 years and 5 months: today
      [{ birthDate: '1966-06-24', sex: 'male' }, { isBelowRetirementAge: 'yes' }],
      [{ birthDate: '1971-06-23', sex: 'female' }, { isBelowRetirementAge: 'no' }], // 55 years and 5 months: today
      [{ birthDate: '1971-06-24', sex: 'female' }, { isBelowRetirementAge: 'depends' }],
      [{ birthDate: '1975-11-23', sex: 'female' }, { isBelowRetirementAge: 'depends' }], // 50 years and 6 months: past
      [{ birthDate: '1976-03-24', sex: 'female' }, { isBelowRetirementAge: 'yes' }] // 50 years and 8 months: tomorrow
    ])
  })

  it('needs the sex only where the answer turns on it', () => {
    expectEach([
      [{ birthDate: '1990-01-01' }, { isBelowRetirementAge: 'yes', sex: 'unknown' }],
      [{ birthDate: '1972-01-01' }, { isBelowRetirementAge: 'unknown' }],
      [{ birthDate: '1960-01-01' }, { isBelowRetirementAge: 'no' }]
    ])
  })

  it('finds the household by document where there is no 户籍, by division otherwise', () => {
    const here = '450103001001'
    expectEach([
      [{ idType: 'resident-id', householdDivision: here }, { household: 'region' }],
      [{ householdDivision: '440305001001' }, { household: 'other' }],
      [{ idType: 'hmt-residence-permit', householdDivision: here }, { household: 'hmt' }],
      [{ idType: 'tw-travel-permit' }, { household: 'hmt-no-permit' }],
      [{ idType: 'hm-travel-permit' }, { household: 'hmt-no-permit' }],
      [{ idType: 'foreign-permanent-residence' }, { household: 'foreign' }],
      [{ idType: 'passport' }, { household: 'unknown', idType: 'passport' }],
      [{ idType: 'passport', householdDivision: here }, { household: 'region' }],
      [{ householdDivision: '810000000000' }, { household: 'unknown' }],
      [{ householdDivision: 'somewhere' }, { household: 'unknown' }],
      [{ residenceDivision: here }, { residence: 'region' }],
      [{ residenceDivision: '640104000000' }, { residence: 'other' }]
    ])
  })

  it('knows whether somebody lives in the county of the household register', () => {
    expectEach([
      [{ householdDivision: '450103001001', residenceDivision: '450103002002' }, { livesAtHousehold: 'yes' }],
      [{ householdDivision: '450103001001', residenceDivision: '450204002002' }, { livesAtHousehold: 'no' }],
      [{ householdDivision: '450103001001' }, { livesAtHousehold: 'unknown' }]
    ])
  })

  it('tells pension from medical insurance where the employer is known to pay one of them', () => {
    expectEach([
      [{ isEmployerInsured: true }, { isEmployerInsured: 'yes', hasEmployerPension: 'yes', hasEmployerMedical: 'yes' }],
      [{ isEmployerInsured: false }, { isEmployerInsured: 'no', hasEmployerPension: 'no', hasEmployerMedical: 'no' }],
      [{ employerInsurances: [] }, { isEmployerInsured: 'no', hasEmployerPension: 'no' }],
      [{ employerInsurances: ['employee-pension'] }, { isEmployerInsured: 'yes', hasEmployerPension: 'yes', hasEmployerMedical: 'no' }],
      [{ employerInsurances: ['work-injury'], isEmployerInsured: false }, { isEmployerInsured: 'no', hasEmployerMedical: 'no' }]
    ])
  })

  it('takes two answers that contradict each other for none', () => {
    expectEach([
      [{ isEmployerInsured: true, employerInsurances: [] }, { isEmployerInsured: 'unknown', hasEmployerPension: 'unknown' }],
      [{ isEmployerInsured: false, employerInsurances: ['employee-medical'] }, { isEmployerInsured: 'unknown', hasEmployerMedical: 'unknown' }],
      [{ hasAppliedForCard: false, cardAppliedIn: ['450000'] }, { hasAppliedForCard: 'unknown', hasAppliedForRegionCard: 'unknown' }]
    ])
  })

  it('tells an empty list from an absent one', () => {
    expectEach([
      [{ currentEnrolments: [] }, { enrolledResidentPension: 'no', enrolledEmployeeMedical: 'no' }],
      [{ currentEnrolments: ['employee-medical'] }, { enrolledEmployeeMedical: 'yes', enrolledResidentMedical: 'no' }],
      [{ cardAppliedIn: [] }, { hasAppliedForCard: 'no', hasAppliedForRegionCard: 'no' }]
    ])
  })

  it('tells the region\'s own card from one of elsewhere', () => {
    expectEach([
      [{ cardAppliedIn: ['640000'] }, { hasAppliedForCard: 'yes', hasAppliedForRegionCard: 'no' }],
      [{ cardAppliedIn: ['450000'] }, { hasAppliedForCard: 'yes', hasAppliedForRegionCard: 'yes' }],
      [{ hasAppliedForCard: true }, { hasAppliedForCard: 'yes', hasAppliedForRegionCard: 'unknown' }],
      [{ hasAppliedForCard: false }, { hasAppliedForCard: 'no', hasAppliedForRegionCard: 'no' }]
    ])
  })
})
