import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { impersonalFacts } from '../../../../core/facts.ts'
import type { RawFacts } from '../../../../core/facts.ts'
import type { Region } from '../../../../core/region.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { requiredMaterials } from '../../../../server/services/policy/required-materials.ts'
import type { MaterialSituation } from '../../../../server/services/policy/situation.ts'
import { ORDINARY } from '../../../policy/cases.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region
const ctx = { decisions: tableDecisions(), regions: createRegionCatalogue() }
const NOTHING_SPECIAL: MaterialSituation = {
  hasAgent: 'no', archiveDirection: 'receive', archiveHolder: 'agency', isSeverelyDisabled: 'no', isDestitute: 'no',
  hasMinimumAllowance: 'no', hasOtherSpecialStatus: 'no', isLowIncomeDisabled: 'no', isReturnedToPoverty: 'no'
}
const ask = (matters: readonly string[], facts: RawFacts = ORDINARY, situation = NOTHING_SPECIAL, channel = 'online') =>
  requiredMaterials(ctx, region, { channel, matters, facts: impersonalFacts(facts, '2026-11-23', region), situation })
const requiredCodes = async (...asked: Parameters<typeof ask>) =>
  (await ask(...asked)).filter(({ required }) => required).map(({ code }) => code)

describe('required materials', () => {
  it('are the common ones where the notice asks for nothing more', async () => {
    expect(await requiredCodes(['flexible-pension', 'contribution'])).to.deep.equal(['application-form', 'identity'])
  })

  it('stand there once for all matters that ask for them, in the order of the selection', async () => {
    const materials = await ask(['resident-medical', 'flexible-pension', 'flexible-medical'], { ...ORDINARY, householdDivision: '440305001001' })
    const identity = materials.filter(({ code }) => code === 'identity')
    expect(identity).to.have.length(1)
    expect(identity[0]!.matters).to.deep.equal(['resident-medical', 'flexible-pension', 'flexible-medical'])
    const permit = materials.find(({ code }) => code === 'residence-permit')!
    expect(permit).to.deep.include({ matters: ['resident-medical', 'flexible-medical'], required: true, form: 'original', licence: 'residence-permit' })
    expect(permit.condition).to.contain('不在户籍地参保')
  })

  it('follow the person: papers of a foreigner, none of a household', async () => {
    const foreigner: RawFacts = { idType: 'foreign-permanent-residence', residenceDivision: '450103001001' }
    expect(await requiredCodes(['resident-medical'], foreigner))
      .to.include.members(['permanent-residence', 'accommodation-registration']).and.not.include('residence-permit')
    expect(await requiredCodes(['resident-pension'])).to.include('household-book')
    expect(await requiredCodes(['resident-pension'], { idType: 'hmt-residence-permit' })).to.not.include('household-book')
  })

  it('follow the situation that the form tells', async () => {
    expect(await requiredCodes(['archive-transfer'], ORDINARY, { ...NOTHING_SPECIAL, archiveHolder: 'institution' })).to.include('archive-release')
    expect(await requiredCodes(['archive-transfer'], ORDINARY, { ...NOTHING_SPECIAL, archiveDirection: 'transfer-out' }))
      .to.include('archive-transfer-letter').and.not.include('archive-release')
    expect(await requiredCodes(['flexible-medical'], ORDINARY, { ...NOTHING_SPECIAL, hasAgent: 'yes' }))
      .to.include.members(['agent-identity', 'agent-commitment', 'power-of-attorney'])
    expect(await requiredCodes(['resident-pension'], ORDINARY, { ...NOTHING_SPECIAL, isSeverelyDisabled: 'yes', hasMinimumAllowance: 'yes' }))
      .to.include.members(['disability-certificate', 'minimum-allowance-certificate']).and.not.include('destitute-certificate')
    expect(await requiredCodes(['resident-medical-change'], { ...ORDINARY, changesNameOrIdNumber: true })).to.include('identity-change')
  })

  it('ask for the permit of whoever is insured away from the household, within the region too (五)', async () => {
    const moved = { ...ORDINARY, householdDivision: '450203001002', residenceDivision: '450103001001' }
    for (const matter of ['resident-medical', 'flexible-medical']) {
      const asked = (enrolsAtHousehold: string) => requiredCodes([matter], moved, { ...NOTHING_SPECIAL, enrolsAtHousehold })
      expect(await asked('no'), matter).to.include('residence-permit')
      expect(await asked('yes'), matter).to.not.include('residence-permit')
    }
  })

  it('are papers of which data sharing has each that the notice exempts (五②注), and no other', async () => {
    const licences = async (situation: MaterialSituation) => (await ask(['resident-pension'], ORDINARY, { ...NOTHING_SPECIAL, ...situation }))
      .filter(({ kind, required, code }) => kind === 'certificate' && required && code !== 'household-book').map(({ code, licence }) => [code, licence])
    expect(await licences({ isLowIncomeDisabled: 'yes' })).to.have.deep.members([
      ['minimum-allowance-certificate', 'minimum-living-allowance'], ['disability-certificate', 'disability']
    ])
    expect(await licences({ isReturnedToPoverty: 'yes' })).to.deep.equal([['poverty-return-certificate', 'poverty-return-monitoring']])
    expect(await licences({ hasOtherSpecialStatus: 'yes' })).to.deep.equal([['special-status-certificate', null]])
  })

  it('are listed with their condition, not required, while the situation is unknown', async () => {
    const materials = await ask(['archive-transfer', 'resident-pension'], {}, {})
    for (const code of ['archive-release', 'archive-transfer-letter', 'agent-commitment', 'disability-certificate', 'special-status-certificate']) {
      const material = materials.find(one => one.code === code)
      expect(material?.required, code).to.equal(false)
      expect(material?.condition, code).to.match(/提供$/)
    }
  })

  it('say where the notice wants the original seen', async () => {
    const materials = await ask(['archive-transfer', 'resident-pension', 'social-security-card'], ORDINARY,
      { ...NOTHING_SPECIAL, archiveHolder: 'institution', isSeverelyDisabled: 'yes', isDestitute: 'yes', hasOtherSpecialStatus: 'yes', hasAgent: 'yes' })
    const codes = materials.filter(({ verifyOriginal }) => verifyOriginal).map(({ code }) => code)
    expect(codes).to.have.members(['agent-identity', 'archive-release', 'household-book', 'disability-certificate', 'destitute-certificate'])
  })

  it('want the identity card or household book itself at a window for ⑦ (须知4), a valid document for ⑧ (须知1)', async () => {
    const identity = async (matters: readonly string[], facts = ORDINARY, channel = 'window') =>
      (await ask(matters, facts, NOTHING_SPECIAL, channel)).find(({ code }) => code === 'identity')!
    const card = { name: '居民身份证或户口簿', form: 'original', required: true, verifyOriginal: true, licence: 'resident-id' }
    expect(await identity(['flexible-medical'])).to.deep.include(card)
    expect(await identity(['flexible-pension', 'flexible-medical']), 'the stricter, once').to.deep.include(card)
    const permit = await identity(['flexible-medical'], { idType: 'hmt-residence-permit', residenceDivision: '450103001001' })
    expect(permit).to.deep.include({ name: '港澳台居民居住证', verifyOriginal: true, licence: null })
    expect(await identity(['flexible-medical-change'])).to.include({ verifyOriginal: true })
    expect(await identity(['flexible-pension'])).to.include({ verifyOriginal: false })
    expect(await identity(['flexible-medical'], ORDINARY, 'online')).to.include({ verifyOriginal: false })
  })

  it('take what the form tells before a fact, and leave the fact where the form is silent', async () => {
    const asked = (situation: MaterialSituation) => requiredCodes(['resident-medical-change'], { ...ORDINARY, changesNameOrIdNumber: true }, situation)
    expect(await asked({ ...NOTHING_SPECIAL, changesNameOrIdNumber: 'unknown' })).to.include('identity-change')
    expect(await asked({ ...NOTHING_SPECIAL, changesNameOrIdNumber: 'no' })).to.not.include('identity-change')
  })

  it('come electronically online and in the original at the window', async () => {
    const formOf = async (channel: string) => (await ask(['flexible-pension'], ORDINARY, NOTHING_SPECIAL, channel)).map(({ form }) => form)
    expect(await formOf('online')).to.deep.equal(['electronic', 'electronic'])
    expect(await formOf('platform')).to.deep.equal(['electronic', 'electronic'])
    expect(await formOf('window')).to.deep.equal(['original', 'original'])
  })
})
