import { matter } from '../../../workers/ningxia/employment-registration.ts'
import { describeRegistration, describeVerification, PERSON } from '../matter-fixture.ts'

const { verify, register } = matter.steps

describe('ningxia employment-registration', () => {
  describe('verify', () => describeVerification(verify!, [
    ['in no insurance', {}, []],
    ['in the residents\' insurances', { currentEnrolments: ['resident-pension', 'resident-medical'] }, []],
    ['an employer pays for work injury alone', { employerInsurances: ['work-injury'] }, []],
    ['an employer pays', { employerInsurances: ['employee-pension'] }, ['INSURED_BY_EMPLOYER']],
    ['in 职工养老 anywhere', { currentEnrolments: ['employee-pension'] }, ['ALREADY_ENROLLED']],
    ['in 机关事业单位医保', { currentEnrolments: ['institution-medical'] }, ['ALREADY_ENROLLED']]
  ]))

  describe('register', () => describeRegistration(register!, 'employment-registration',
    { ...PERSON, employmentForm: 'flexible', occupation: '网约配送员', startedOn: '2026-03-02' }))
})
