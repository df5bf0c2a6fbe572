import { matter } from '../../../workers/guangxi/flexible-pension.ts'
import { describeRegistration, describeVerification, PERSON } from '../matter-fixture.ts'

describe('guangxi flexible-pension', () => {
  describe('verify', () => describeVerification(matter.steps['verify']!, [
    ['in no insurance', {}, []],
    ['an employer pays the pension', { employerInsurances: ['employee-pension'] }, ['INSURED_BY_EMPLOYER']],
    ['an employer pays work injury alone', { employerInsurances: ['work-injury'] }, []],
    ['in the employees\' medical insurance', { currentEnrolments: ['employee-medical'] }, []],
    ['already in the employees\' pension', { currentEnrolments: ['employee-pension'] }, ['ALREADY_ENROLLED']],
    ['in the residents\' pension', { currentEnrolments: ['resident-pension'] }, ['ALREADY_ENROLLED']],
    ['retired', { retirement: { isRetired: true, since: '2025-01-01' } }, ['AGE_NOT_MET']],
    ['two doubts at once', { retirement: { isRetired: true }, employerInsurances: ['employee-pension'] }, ['INSURED_BY_EMPLOYER', 'AGE_NOT_MET']]
  ]))
  describe('register', () => describeRegistration(matter.steps['register']!, 'flexible-pension-registration', { ...PERSON, sex: 'female' }))
})
