import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { impersonalFacts } from '../../../../core/facts.ts'
import type { RawFacts } from '../../../../core/facts.ts'
import type { Region } from '../../../../core/region.ts'
import { eligibilityOf } from '../../../../server/services/policy/eligibility.ts'
import { ORDINARY } from '../../../policy/cases.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region
const decisions = tableDecisions()
const ask = async (matter: string, facts: RawFacts, { channel = 'online', beside = [] as readonly string[] } = {}) => {
  const answers = await eligibilityOf({ decisions }, region,
    { channel, matters: [matter, ...beside], facts: impersonalFacts(facts, '2026-11-23', region) })
  return answers.get(matter)!
}

describe('eligibility', () => {
  it('accepts an ordinary person for what somebody uninsured may choose', async () => {
    for (const matter of ['archive-transfer', 'resident-pension', 'flexible-pension', 'social-security-card', 'resident-medical', 'flexible-medical']) {
      expect(await ask(matter, ORDINARY), matter).to.deep.equal({ status: 'eligible', reasons: [], missingFacts: [] })
    }
  })

  it('never refuses because somebody works flexibly or has no work', async () => {
    for (const employmentStatus of ['flexible', 'unemployed'] as const) {
      for (const { slug } of region.matters) {
        const own = { ...ORDINARY, employmentStatus, currentEnrolments: slug.endsWith('-change') || slug === 'contribution'
          ? [slug.startsWith('flexible') ? 'employee-medical' as const : 'resident-medical' as const] : [] }
        expect((await ask(slug, own)).status, slug).to.equal('eligible')
      }
    }
  })

  it('refuses with rule, clause and message', async () => {
    const { status, reasons, missingFacts } = await ask('flexible-pension', { ...ORDINARY, birthDate: '1960-01-01' })
    expect(status).to.equal('ineligible')
    expect(missingFacts).to.deep.equal([])
    expect(reasons.map(({ ruleId }) => ruleId)).to.deep.equal(['eligibility-flexible-pension-retirement-age'])
    expect(reasons[0]!.clause).to.contain('尚未达到法定退休年龄')
    expect(reasons[0]!.message).to.contain('法定退休年龄')
  })

  it('says of an archive from elsewhere what binds only the receiving, as that (四（一）2（2）)', async () => {
    const { status, reasons } = await ask('archive-transfer', { ...ORDINARY, householdDivision: '440103001001' })
    expect(status).to.equal('unknown')
    expect(reasons[0]!.message).to.match(/^您的户籍不在广西，须由工作人员核实；办理转入（接收）的，只有/)
  })

  it('lets a refusal beat what is not known, and names what is missing otherwise', async () => {
    expect(await ask('social-security-card', { hasAppliedForCard: true })).to.deep.include({ status: 'ineligible', missingFacts: [] })
    const { status, missingFacts } = await ask('flexible-pension', {})
    expect(status).to.equal('unknown')
    expect(missingFacts).to.have.members(['birthDate', 'sex', 'idType', 'householdDivision', 'residenceDivision', 'isEmployerInsured', 'currentEnrolments'])
  })

  it('names exactly the fact that was left out', async () => {
    const decisive = {
      'archive-transfer': ['householdDivision', 'isEmployerInsured'],
      'resident-pension': ['birthDate', 'householdDivision', 'isStudent', 'isEmployerInsured', 'currentEnrolments'],
      'flexible-pension': ['birthDate', 'sex', 'householdDivision', 'isEmployerInsured', 'currentEnrolments'],
      'social-security-card': ['householdDivision', 'isEmployerInsured', 'hasAppliedForCard'],
      'resident-medical': ['birthDate', 'householdDivision', 'isEmployerInsured', 'currentEnrolments'],
      'flexible-medical': ['birthDate', 'householdDivision', 'isEmployerInsured', 'currentEnrolments'],
      'resident-medical-change': ['householdDivision', 'isEmployerInsured', 'currentEnrolments', 'changesNameOrIdNumber'],
      'flexible-medical-change': ['householdDivision', 'isEmployerInsured', 'currentEnrolments', 'changesNameOrIdNumber'],
      contribution: ['householdDivision', 'isEmployerInsured', 'currentEnrolments']
    }
    const { employerInsurances: _list, cardAppliedIn: _provinces, ...plain } = ORDINARY
    const enrolled: Record<string, RawFacts> = {
      'resident-medical-change': { currentEnrolments: ['resident-medical'] },
      'flexible-medical-change': { currentEnrolments: ['employee-medical'] },
      contribution: { currentEnrolments: ['resident-pension'] }
    }
    for (const [matter, facts] of Object.entries(decisive)) {
      for (const fact of Object.keys(plain)) {
        const { status, missingFacts } = await ask(matter, { ...plain, ...enrolled[matter], [fact]: undefined })
        if (facts.includes(fact)) expect([status, missingFacts], `${matter} ${fact}`).to.deep.equal(['unknown', [fact]])
        else expect(missingFacts, `${matter} ${fact}`).to.deep.equal([])
      }
    }
  })

  it('lets a declaration rest on a registration of the same application', async () => {
    expect((await ask('contribution', ORDINARY)).status).to.equal('ineligible')
    expect((await ask('contribution', ORDINARY, { beside: ['flexible-pension'] })).status).to.equal('eligible')
  })

  it('sends a change of name or number to the window', async () => {
    const insured = { ...ORDINARY, currentEnrolments: ['resident-medical' as const], changesNameOrIdNumber: true }
    for (const channel of ['online', 'platform']) expect((await ask('resident-medical-change', insured, { channel })).status).to.equal('ineligible')
    expect((await ask('resident-medical-change', insured, { channel: 'window' })).status).to.equal('eligible')
  })
})
