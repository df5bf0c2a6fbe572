import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/flexible-medical-change.ts'
import { describeRegistration, describeVerification, PERSON, records, runStep } from '../matter-fixture.ts'

const { verify, register, 'check-plan': checkPlan } = matter.steps
const insured = { currentEnrolments: ['employee-medical'] }
const changes = [{ item: 'mobile', before: '13877100001', after: '13877100002', isConfirmed: true }]
const plan = (before: string, after: string) => [{ item: 'enrolmentMode', before, after, isConfirmed: true }]

describe('guangxi flexible-medical-change', () => {
  describe('verify', () => {
    describeVerification(verify!, [
      ['insured', insured, []],
      ['in no medical insurance', {}, ['NOT_ENROLLED']],
      ['in the residents\' scheme', { currentEnrolments: ['resident-medical'] }, ['NOT_ENROLLED']]
    ], { changes })

    for (const [before, after] of [['统筹基金', '住院保险'], ['住院保险', '统筹基金']] as const) {
      it(`leaves a change from ${before} to ${after} to a person, for 须知3 does not name it`, async () => {
        const { result } = await runStep(verify!, { ...PERSON, changes: plan(before, after) }, records(insured))
        expect([result.variables['verification'], result.reasons.map(({ code }) => code)]).to.deep.equal(['doubtful', ['OTHER']])
      })
    }

    it('tells a new number apart', async () => {
      const renumbered = [{ item: 'idNumber', after: '450103199003070039', isConfirmed: true }]
      const { result } = await runStep(verify!, { ...PERSON, changes: renumbered }, records(insured), { channel: 'window' })
      expect(result.variables).to.deep.equal({ verification: 'passed', changesNameOrIdNumber: true })
    })
  })

  describe('check-plan', () => {
    const plans: [string, object[], object | null, string][] = [
      ['no change of the plan', changes, null, 'allowed'],
      ['from pooled to pooled and personal', plan('统筹基金', '统账结合'), { enrolled: true }, 'allowed'],
      ['of a person who is not insured', plan('统筹基金', '统账结合'), { enrolled: false }, 'forbidden'],
      ['back from pooled and personal', plan('统账结合', '住院保险'), { enrolled: true }, 'forbidden'],
      ['between the other two plans', plan('统筹基金', '住院保险'), { enrolled: true }, 'allowed'],
      ['no answer', plan('住院保险', '统账结合'), null, 'unavailable']
    ]
    for (const [title, rows, result, expected] of plans) {
      it(`${title}: ${expected}`, async () => {
        const run = await runStep(checkPlan!, { ...PERSON, changes: rows }, result && { result: { ...result } })
        expect(run.result.variables).to.deep.equal({ planChange: expected })
        expect(run.result.reasons).to.have.length(expected === 'forbidden' ? 1 : 0)
      })
    }

    it('tells the register who and which insurance, not what is changed', async () => {
      const { calls } = await runStep(checkPlan!, { ...PERSON, changes: plan('统筹基金', '统账结合') }, { result: { enrolled: true } })
      expect(calls).to.deep.equal([{ how: 'ask', kind: 'enrolment-query', body: { ...PERSON, insurance: 'flexible-medical' } }])
    })
  })

  describe('register', () => describeRegistration(register!, 'flexible-medical-change', { ...PERSON, changes }))
})
