import { expect } from 'chai'
import { calendarYears } from '../../../../core/calendar/index.ts'
import { createLiveCalendar } from '../../../../core/working-days.ts'
import { createBusinessClock } from '../../../../server/clock.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { recommend } from '../../../../server/services/policy/recommend.ts'
import type { Answers } from '../../../../server/services/policy/questionnaire.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const ctx = {
  regions: createRegionCatalogue(), decisions: tableDecisions(), calendar: createLiveCalendar(calendarYears),
  clock: createBusinessClock({ now: '2026-09-24T09:00:00+08:00' })
}
const AT_HOME = { identity: 'resident-id', household: 'region', residence: 'region', employer: 'none' }
const ask = async (answers: Answers, facts = {}) => {
  const { matters, choices } = await recommend(ctx, 'guangxi', { channel: 'online', answers, facts })
  return { verdicts: Object.fromEntries(matters.map(({ slug, verdict }) => [slug, verdict])), matters, choices }
}

describe('recommend', () => {
  it('recommends a flexible worker what is wished, and offers both pensions as a choice with its clause', async () => {
    const { verdicts, choices } = await ask(
      { ...AT_HOME, work: 'flexible', wish: ['pension', 'card'], insured: 'none', card: 'never', change: 'no' }, { birthDate: '1990-08-16', sex: 'female' })
    expect(verdicts).to.include({
      'resident-pension': 'recommended', 'flexible-pension': 'recommended', 'social-security-card': 'recommended', 'flexible-medical': 'possible',
      'resident-medical-change': 'not-possible', 'flexible-medical-change': 'not-possible'
    })
    const pension = choices.find(({ ruleId }) => ruleId === 'exclusive-resident-pension-flexible-pension')
    expect(pension).to.include.keys('clause', 'message')
  })

  it('says why not, with rule and clause', async () => {
    const { matters } = await ask({ ...AT_HOME, work: 'student', insured: 'none' }, { birthDate: '2012-01-01', sex: 'male' })
    const pension = matters.find(({ slug }) => slug === 'resident-pension')!
    expect(pension.verdict).to.equal('not-possible')
    expect(pension.reasons.map(({ ruleId }) => ruleId)).to.include.members(['eligibility-resident-pension-under-16', 'eligibility-resident-pension-student'])
    for (const { clause } of pension.reasons) expect(clause).to.contain('四（一）')
  })

  it('asks each region its own questions', async () => {
    const answers = { wish: ['employment', 'insurance', 'medical'], work: 'flexible', employer: 'none', medical: 'enrol', card: 'applied', payment: 'yes', residence: 'region' }
    const inNingxia = async (insured: string) => {
      const { matters } = await recommend(ctx, 'ningxia', {
        channel: 'online', answers: { ...answers, insured }, facts: { birthDate: '1990-08-16', sex: 'female' }
      })
      return matters
    }
    const verdicts = async (insured: string) => Object.fromEntries((await inNingxia(insured)).map(({ slug, verdict }) => [slug, verdict]))
    expect(await verdicts('none')).to.include({
      'employment-registration': 'recommended', 'social-insurance': 'recommended', 'medical-insurance': 'recommended',
      'social-security-card': 'not-possible', contribution: 'not-possible', 'archive-transfer': 'possible'
    })
    expect(await verdicts('employee-pension')).to.include({
      'employment-registration': 'not-possible', 'social-insurance': 'not-possible', 'medical-insurance': 'not-possible'
    })
    const payment = (await inNingxia('none')).find(({ slug }) => slug === 'contribution')!
    expect(payment.reasons[0]!.clause).to.contain('附件2 三3')
  })

  it('leaves to a person what was skipped, and names what is missing', async () => {
    const { matters } = await ask({ work: 'flexible' })
    const card = matters.find(({ slug }) => slug === 'social-security-card')!
    expect(card.verdict).to.equal('ask-a-person')
    expect(card.missingFacts).to.include.members(['hasAppliedForCard', 'idType'])
  })

  it('does not offer the same insurance again to the insured, but its change', async () => {
    const { verdicts } = await ask({ ...AT_HOME, work: 'flexible', insured: 'resident-medical', change: 'no' }, { birthDate: '1990-08-16', sex: 'female' })
    expect(verdicts['resident-medical-change']).to.equal('recommended')
  })
})
