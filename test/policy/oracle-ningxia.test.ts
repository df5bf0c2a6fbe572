import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { impersonalFacts } from '../../core/facts.ts'
import type { RawFacts } from '../../core/facts.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { eligibilityOf } from '../../server/services/policy/eligibility.ts'
import { conflictsAmong } from '../../server/services/policy/exclusivity.ts'
import { requiredMaterials } from '../../server/services/policy/required-materials.ts'
import { coveringRows } from './cases.ts'
import { judgeNingxia, NINGXIA_MATTERS, STATUTORY_DAYS } from './oracle-ningxia.ts'
import { tableDecisions } from './table-decisions.ts'

const TODAY = '2026-11-23'
const CHANNELS = ['online', 'window', 'platform'] as const
const SUBSETS = Array.from({ length: 2 ** NINGXIA_MATTERS.length }, (_, bits) => NINGXIA_MATTERS.filter((_slug, index) => bits & (1 << index)))

/** For each fact every kind of value that the notice or its silence tells apart. */
const FACTS = {
  birthDate: ['1990-06-15', undefined, '2010-11-24', '2010-11-23', '1966-03-20', '1973-05-31', '1980-01-31'],
  sex: ['male', undefined, 'female'],
  idType: ['resident-id', undefined, 'hmt-residence-permit', 'foreign-permanent-residence', 'tw-travel-permit'],
  employmentStatus: ['flexible', undefined, 'unemployed', 'employed'],
  householdDivision: ['640104001001', undefined, '450103001001'],
  residenceDivision: ['640104001001', undefined, '450103001001'],
  isEmployerInsured: [false, undefined, true],
  employerInsurances: [[], undefined, ['employee-pension'], ['employee-medical']],
  currentEnrolments: [[], undefined, ['resident-pension'], ['employee-pension'], ['institution-pension'], ['resident-medical'],
    ['employee-medical'], ['institution-medical'], ['resident-medical', 'employee-medical']],
  hasAppliedForCard: [false, undefined, true],
  cardAppliedIn: [[], undefined, ['640000'], ['450000']],
  hasSpecialPayment: [false, undefined, true],
  medicalAction: ['enrol', undefined, 'change']
}
const ORDINARY = Object.fromEntries(Object.entries(FACTS).map(([fact, values]) => [fact, values[0]]))
/** Each fact changed on its own, on people on whom a change shows, and every pair of values together. */
const PEOPLE: readonly object[] = [
  {}, { medicalAction: 'change', currentEnrolments: ['employee-medical'] }, { isEmployerInsured: undefined, employerInsurances: undefined },
  { householdDivision: undefined }, { residenceDivision: '450103001001' }
]
const cases = [
  ...PEOPLE.flatMap(person => Object.entries(FACTS).flatMap(([fact, values]) =>
    values.map(value => ({ ...ORDINARY, ...person, [fact]: value })))),
  ...['1973-05-31', '1966-03-20', '1990-06-15'].map(birthDate => ({ ...ORDINARY, sex: undefined, birthDate })),
  ...coveringRows(FACTS)
] as RawFacts[]

describe('the tables of Ningxia beside the text of its notice', function () {
  this.timeout(60_000)
  const ctx = { decisions: tableDecisions(), regions: createRegionCatalogue() }
  const region = ctx.regions.get('ningxia')

  it(`judge ${cases.length} people as the notice does, and each rule decides at least one alone`, async () => {
    const decisive = new Set<string>()
    for (const facts of cases) {
      for (const matters of [NINGXIA_MATTERS, ['contribution'] as const]) {
        const answers = await eligibilityOf(ctx, region, { channel: 'online', matters, facts: impersonalFacts(facts, TODAY, region) })
        for (const slug of matters) {
          const { status, missingFacts, reasons } = answers.get(slug)!
          const expected = judgeNingxia(slug, { facts, today: TODAY, alsoRegisters: matters.length > 1 })
          const label = `${slug} ${JSON.stringify(facts)}: ${JSON.stringify({ missingFacts, reasons })}`
          expect({ status, isComplete: missingFacts.length === 0 }, label).to.deep.equal(expected)
          if (reasons.length === 1) decisive.add(reasons[0]!.ruleId)
        }
      }
    }
    const rules = [...readFileSync('processes/ningxia/eligibility.dmn', 'utf8').matchAll(/<rule id="([^"]+)"/g)].map(match => match[1]!)
    expect(rules.filter(rule => !decisive.has(rule))).to.deep.equal([])
  })

  it('exclude nothing and ask for no paper in all 64 selections on every channel (所需材料：无)', async () => {
    for (const subset of SUBSETS) {
      expect(await conflictsAmong(ctx, region, subset), subset.join()).to.deep.equal([])
      for (const channel of CHANNELS) {
        const materials = await requiredMaterials(ctx, region, { channel, matters: subset, facts: impersonalFacts({}, TODAY, region) })
        expect(materials, subset.join()).to.deep.equal([])
      }
    }
  })

  it('promise everything at once, and by law the days of 附件2 二', async () => {
    for (const matter of NINGXIA_MATTERS) {
      for (const channel of CHANNELS) {
        const rows = await ctx.decisions.evaluate('ningxia-deadlines', { matter, channel })
        expect(rows.map(({ kind, promisedWorkingDays, statutoryWorkingDays }) => [kind, promisedWorkingDays, statutoryWorkingDays]), matter)
          .to.deep.equal([['immediate', 0, STATUTORY_DAYS[matter]]])
      }
    }
  })
})
