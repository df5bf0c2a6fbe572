import { expect } from 'chai'
import { matter } from '../../../workers/ningxia/social-insurance.ts'
import { describeRegistration, describeVerification, PERSON, records, runStep } from '../matter-fixture.ts'

const { verify, register } = matter.steps

describe('ningxia social-insurance', () => {
  describe('verify', () => {
    describeVerification(verify!, [
      ['in no insurance', {}, []],
      ['in the residents\' medical insurance', { currentEnrolments: ['resident-medical'] }, ['ALREADY_ENROLLED']],
      ['an employer pays for work injury alone', { employerInsurances: ['work-injury'] }, ['ALREADY_ENROLLED']]
    ])

    it('asks for what was registered until the acceptance', async () => {
      const { calls } = await runStep(verify!, { ...PERSON, asOf: '2026-04-20T09:00:00+08:00' }, records())
      expect(calls[0]!.body).to.deep.equal({ ...PERSON, types: [], asOf: '2026-04-20T09:00:00+08:00' })
    })
  })

  describe('register', () => describeRegistration(register!, 'flexible-pension-registration', PERSON))
})
