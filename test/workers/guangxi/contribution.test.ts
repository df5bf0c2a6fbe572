import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/contribution.ts'
import { PERSON, RECEIPT, refusal, runStep } from '../matter-fixture.ts'

const { 'check-enrolment': checkEnrolment, assess, declare } = matter.steps
const line = { ...PERSON, baseFen: 405_400, periodStart: '2026-04-01', periodEnd: '2026-04-30' }
const row = { insurance: 'flexible-pension' }

const found = {
  socialInsuranceCode: '450000000000000001', taxpayerId: PERSON.idNumber,
  lines: [{ item: '灵活就业人员基本养老保险', subitem: '个人缴费', amountFen: 81_080, baseFen: 405_400, rateBasisPoints: 2000 }]
}

describe('guangxi contribution', () => {
  const enrolments: [string, object | null, string][] = [
    ['in the register', { enrolled: true }, 'enrolled'], ['not in the register', { enrolled: false }, 'not-enrolled'],
    ['no answer', null, 'unavailable']
  ]
  for (const [title, result, expected] of enrolments) {
    it(`check-enrolment, ${title}: ${expected}`, async () => {
      const run = await runStep(checkEnrolment!, PERSON, result && { result: { ...result } }, row)
      expect(run.calls).to.deep.equal([{ how: 'ask', kind: 'enrolment-query', body: { ...PERSON, ...row } }])
      expect(run.result.variables).to.deep.equal({ enrolment: expected })
      expect(run.result.reasons.map(({ code }) => code)).to.deep.equal(expected === 'not-enrolled' ? ['NOT_ENROLLED'] : [])
    })
  }

  it('assess hands on what 附件2 leaves to the tax department, and nothing of it to the engine', async () => {
    const { result } = await runStep(assess!, line, { result: { amountFen: 81_080, status: 'verified', ...found } }, row)
    expect(result.assessment).to.deep.equal(found)
    expect(result.variables).to.deep.equal({ assessment: 'assessed' })
  })

  it('assess hands on no half of it', async () => {
    const halves = [{ socialInsuranceCode: '' }, { taxpayerId: 7 }, { lines: [] }, { lines: 'all' }, { lines: [null] }, { lines: [{ item: '养老', amountFen: 1 }] },
      { lines: [{ ...found.lines[0], amountFen: 0.5 }] }]
    for (const half of halves) {
      const { result } = await runStep(assess!, line, { result: { amountFen: 81_080, ...found, ...half } }, row)
      expect(result, JSON.stringify(half)).not.to.have.property('assessment')
    }
  })

  for (const [name, step, kind, done] of [
    ['assess', assess, 'contribution-assessment', { assessment: 'assessed' }],
    ['declare', declare, 'contribution-declaration', { registration: 'registered' }]
  ] as const) {
    it(`${name} sends the row under its insurance and hands on amount and receipt`, async () => {
      const { result, calls } = await runStep(step!, line, { result: { amountFen: 81_080, taxpayerId: PERSON.idNumber } }, row)
      expect(calls).to.deep.equal([{ how: 'department', kind, body: { ...line, ...row } }])
      expect(result).to.deep.equal({ variables: done, receipt: RECEIPT, reasons: [], amounts: { amountFen: 81_080 } })
    })

    it(`${name} is refused with the reasons of the tax department`, async () => {
      const reason = { code: 'ALREADY_DECLARED', message: '已申报' }
      const { result } = await runStep(step!, line, refusal(reason), row)
      expect(Object.values(result.variables)).to.deep.equal(['refused'])
      expect(result).to.deep.include({ receipt: null, reasons: [reason] }).and.not.have.property('amounts')
    })

    it(`${name} takes no amount that is no whole number of fen`, async () => {
      for (const amountFen of [12.5, -1, '100', undefined]) {
        const { result } = await runStep(step!, line, { result: { amountFen } }, row)
        expect(result).not.to.have.property('amounts')
      }
    })
  }
})
