import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/flexible-medical.ts'
import { describeRegistration, describeVerification, PERSON, runStep } from '../matter-fixture.ts'

const { verify, register, 'set-benefit-start': setBenefitStart } = matter.steps
const elsewhere = { household: { division: '440106001001' } }

describe('guangxi flexible-medical', () => {
  describe('verify', () => describeVerification(verify!, [
    ['in no insurance', {}, []],
    ['an employer pays the pension alone', { employerInsurances: ['employee-pension'] }, []],
    ['an employer pays medical insurance', { employerInsurances: ['employee-medical'] }, ['INSURED_BY_EMPLOYER']],
    ['in the residents\' scheme', { currentEnrolments: ['resident-medical'] }, ['ALREADY_ENROLLED']],
    ['from elsewhere without a residence permit', elsewhere, ['HOUSEHOLD_NOT_MET']],
    ['from elsewhere with a residence permit', { ...elsewhere, licences: [{ type: 'residence-permit' }] }, []]
  ]))

  describe('register', () => describeRegistration(register!, 'flexible-medical-registration', { ...PERSON, insuredPlace: '450103001001' }))

  describe('set-benefit-start', () => {
    const answers: [string, object | null, string][] = [
      ['newly enrolled', { enrolled: true, since: '2026-04-20' }, 'waiting'],
      ['an enrolment that goes on', { enrolled: true, since: null }, 'none'],
      ['not in the register yet', { enrolled: false, since: null }, 'waiting'],
      ['no answer', null, 'waiting']
    ]
    for (const [title, result, expected] of answers) {
      it(`${title}: ${expected}`, async () => {
        const run = await runStep(setBenefitStart!, PERSON, result && { result: { ...result } })
        expect(run.calls).to.deep.equal([{ how: 'ask', kind: 'enrolment-query', body: { ...PERSON, insurance: 'flexible-medical' } }])
        expect(run.result).to.deep.equal({ variables: { benefitWait: expected }, receipt: null, reasons: [] })
      })
    }
  })
})
