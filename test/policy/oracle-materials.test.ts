import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { impersonalFacts } from '../../core/facts.ts'
import type { RawFacts } from '../../core/facts.ts'
import type { Region } from '../../core/region.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { requiredMaterials } from '../../server/services/policy/required-materials.ts'
import { coveringRows, ORDINARY } from './cases.ts'
import { MATTERS } from './oracle.ts'
import { papersFor, placeOf } from './oracle-materials.ts'
import type { Papers } from './oracle-materials.ts'
import { tableDecisions } from './table-decisions.ts'

const TODAY = '2026-11-23'
const HERE = '450103001001'
const TOLD = ['no', 'unknown', 'yes'] as const
const SUBSETS = Array.from({ length: 2 ** MATTERS.length }, (_, bits) => MATTERS.filter((_slug, index) => bits & (1 << index)))
const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region

/** Everything on which a material or a place depends, each pair of values together at least once. */
const rows = coveringRows({
  channel: ['online', 'window', 'platform'],
  idType: ['resident-id', undefined, 'hmt-residence-permit', 'foreign-permanent-residence', 'tw-travel-permit'],
  householdDivision: [HERE, undefined, '450204001001', '440305001001'],
  residenceDivision: [HERE, undefined, '450204001001', '440305001001'],
  changesNameOrIdNumber: [false, undefined, true],
  enrolsAtHousehold: TOLD, hasAgent: TOLD, archiveDirection: ['receive', 'transfer-out', 'unknown'], archiveHolder: ['agency', 'institution', 'unknown'],
  isSeverelyDisabled: TOLD, isDestitute: TOLD, hasMinimumAllowance: TOLD, hasOtherSpecialStatus: TOLD,
  isLowIncomeDisabled: TOLD, isReturnedToPoverty: TOLD
}).map(({ channel, idType, householdDivision, residenceDivision, changesNameOrIdNumber, ...papers }) => ({
  channel: channel as string, papers: papers as unknown as Papers,
  facts: { ...ORDINARY, idType, householdDivision, residenceDivision, changesNameOrIdNumber } as RawFacts
}))

/** The tables, each question once: a selection only picks from the same answer. */
function remembering() {
  const tables = tableDecisions()
  const answers = new Map<string, ReturnType<typeof tables.evaluate>>()
  return {
    evaluate(key: string, inputs: Readonly<Record<string, unknown>>) {
      const question = `${key}${JSON.stringify(inputs)}`
      if (!answers.has(question)) answers.set(question, tables.evaluate(key, inputs))
      return answers.get(question)!
    }
  }
}

describe('materials.dmn and jurisdiction.dmn beside the text of the notice', function () {
  this.timeout(60_000)
  const ctx = { decisions: remembering(), regions: createRegionCatalogue() }

  it(`ask for the same papers in all 512 selections of ${rows.length} situations, and each rule is needed`, async () => {
    const used = new Set<string>()
    for (const { channel, facts, papers } of rows) {
      const impersonal = impersonalFacts(facts, TODAY, region)
      for (const matters of SUBSETS) {
        const materials = await requiredMaterials(ctx, region, { channel, matters, facts: impersonal, situation: { ...papers } })
        const found = Object.fromEntries(materials.map(({ code, required }) => [code, required ? 'must' : 'may']))
        const label = JSON.stringify({ matters, channel, facts, papers })
        expect(found, label).to.deep.equal(papersFor(matters, facts, papers))
        for (const { ruleId } of materials) used.add(ruleId)
      }
    }
    const rules = [...readFileSync('processes/guangxi/materials.dmn', 'utf8').matchAll(/<rule id="([^"]+)"/g)].map(match => match[1]!)
    expect(rules.filter(rule => !used.has(rule))).to.deep.equal([])
  })

  it('name the same place for each matter', async () => {
    const inGuangxi = (division?: string) => division?.startsWith('45') ?? false
    for (const { facts } of rows) {
      const { household, residence } = impersonalFacts(facts, TODAY, region)
      for (const matter of MATTERS) {
        const [row] = await ctx.decisions.evaluate('guangxi-jurisdiction', { matter, household, residence, archiveSituation: 'unknown' })
        expect(row!.basis, `${matter} ${JSON.stringify(facts)}`).to.equal(placeOf(matter, facts, inGuangxi))
      }
    }
  })
})
