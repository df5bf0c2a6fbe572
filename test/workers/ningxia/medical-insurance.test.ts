import { expect } from 'chai'
import { matter } from '../../../workers/ningxia/medical-insurance.ts'
import { describeRegistration, describeVerification, PERSON, records, runStep } from '../matter-fixture.ts'

const { verify, enrol, change } = matter.steps

describe('ningxia medical-insurance', () => {
  describe('verify of an enrolment', () => describeVerification(verify!, [
    ['in no insurance', {}, []],
    ['in any insurance', { currentEnrolments: ['resident-pension'] }, ['ALREADY_ENROLLED']]
  ], { action: 'enrol' }))

  describe('verify of a change', () => describeVerification(verify!, [
    ['insured as a flexible worker', { currentEnrolments: ['employee-pension', 'employee-medical'] }, []],
    ['not insured', {}, ['NOT_ENROLLED']],
    ['an employer pays', { currentEnrolments: ['employee-medical'], employerInsurances: ['employee-medical'] }, ['INSURED_BY_EMPLOYER']]
  ], { action: 'change' }))

  for (const action of ['enrol', 'change']) {
    it(`tells the process that it is to ${action}`, async () => {
      expect((await runStep(verify!, { ...PERSON, action }, records())).result.variables['medicalAction']).to.equal(action)
    })
  }

  describe('enrol', () => describeRegistration(enrol!, 'flexible-medical-registration', { ...PERSON, insuredPlace: '640104001002' }))

  describe('change', () => describeRegistration(change!, 'flexible-medical-change',
    { ...PERSON, changes: [{ item: 'mobile', after: '13995101001', isConfirmed: true }] }))
})
