import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Region } from '../../../../core/region.ts'
import { contributionAdvice } from '../../../../server/services/policy/contribution-advice.ts'
import type { ContributionQuestion } from '../../../../server/services/policy/contribution-advice.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region
const ask = async (question: ContributionQuestion, today: string) => {
  const [advice] = await contributionAdvice({ decisions: tableDecisions() }, region, [question], today)
  return advice!.rules
}
/** What a lawyer would check: which rule speaks on which day. */
const speaking = async (question: ContributionQuestion, today: string, verdicts = ['pay', 'not-yet', 'too-late', 'wait', 'refuse']) =>
  (await ask(question, today)).filter(({ verdict }) => verdicts.includes(verdict)).map(({ ruleId }) => ruleId)

describe('contribution advice of Guangxi', () => {
  const resident = (periodStart: string) => ({ insurance: 'resident-medical', periodStart })

  it('next year is paid for from September to December (居民医保须知2)', async () => {
    for (const today of ['2026-01-01', '2026-08-31']) {
      expect(await speaking(resident('2027-01-01'), today), today).to.deep.equal(['contribution-resident-medical-next-year-early'])
    }
    for (const today of ['2026-09-01', '2026-12-31']) {
      expect(await speaking(resident('2027-01-01'), today), today).to.deep.equal(['contribution-resident-medical-next-year'])
    }
  })

  it('this year costs the own part until 30 June and the subsidy as well from 1 July (居民医保须知2)', async () => {
    const [before] = await ask(resident('2026-01-01'), '2026-06-30')
    expect(before).to.include({ ruleId: 'contribution-resident-medical-first-half', share: 'own', payBy: '06-30' })
    const [after] = await ask(resident('2026-01-01'), '2026-07-01')
    expect(after).to.include({ ruleId: 'contribution-resident-medical-second-half', share: 'own-and-subsidy', payBy: '12-31' })
  })

  it('大额 is paid by 31 January, later only for the year to come (灵活医保须知1)', async () => {
    const question = { insurance: 'flexible-medical', extras: ['large-medical'], periodStart: '2026-01-01', standing: 'continuing' } as const
    expect(await speaking(question, '2026-01-31')).to.deep.equal(['contribution-large-medical-january'])
    expect(await speaking(question, '2026-02-01')).to.deep.equal(['contribution-large-medical-late'])
    expect(await speaking({ ...question, extras: [] }, '2026-02-01')).to.deep.equal([])
  })

  it('the benefit begins in the third month for the new and those three months in arrears (灵活医保须知3)', async () => {
    const [waiting] = (await ask({ insurance: 'flexible-medical', standing: 'new-or-lapsed' }, '2026-03-01')).filter(({ verdict }) => verdict === 'wait')
    expect(waiting).to.include({ benefitFromMonth: 3, ruleId: 'contribution-flexible-medical-waiting' })
    expect(await speaking({ insurance: 'flexible-medical', standing: 'continuing' }, '2026-03-01')).to.deep.equal([])
    expect(await speaking({ insurance: 'flexible-medical' }, '2026-03-01')).to.deep.equal(['contribution-flexible-medical-waiting-unknown'])
  })

  it('there is no way back from 统账结合 (变更须知3)', async () => {
    const change = (planBefore: string) => speaking({ insurance: 'flexible-medical', standing: 'continuing', planBefore }, '2026-03-01')
    expect(await change('统账结合')).to.deep.equal(['contribution-plan-one-way'])
    for (const plan of ['统筹基金', '住院保险']) expect(await change(plan)).to.deep.equal([])
  })

  it('says for every insurance what is to be filled in, with its clause (费申报须知2)', async () => {
    for (const [insurance, rule] of [['resident-pension', 'tier'], ['flexible-pension', 'base'], ['resident-medical', 'tier'], ['flexible-medical', 'base']]) {
      const rules = await ask({ insurance: insurance! }, '2026-03-01')
      expect(rules.map(({ ruleId }) => ruleId), insurance).to.include(`contribution-fill-${rule}`)
      for (const { clause, message } of rules) expect(clause && message).to.match(/[\u4e00-\u9fff]/)
    }
  })
})
