import { matter } from '../../../workers/ningxia/archive-transfer.ts'
import { describeVerification } from '../matter-fixture.ts'

describe('ningxia archive-transfer', () => {
  describe('verify', () => describeVerification(matter.steps['verify']!, [
    ['a flexible worker', {}, []],
    ['whatever the insurance', { employerInsurances: ['employee-pension'], currentEnrolments: ['employee-pension'] }, []],
    ['whatever the household', { household: { division: '450103001001' } }, []]
  ]))
})
