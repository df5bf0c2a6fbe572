import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/resident-medical.ts'
import { describeRegistration, describeVerification, PERSON, records, runStep } from '../matter-fixture.ts'

const { verify, register, 'check-special-list': checkList } = matter.steps
const elsewhere = { household: { division: '440106001001' } }

describe('guangxi resident-medical', () => {
  describe('verify', () => describeVerification(verify!, [
    ['in no insurance', {}, []],
    ['from elsewhere without a residence permit', elsewhere, ['HOUSEHOLD_NOT_MET']],
    ['from elsewhere with a residence permit', { ...elsewhere, licences: [{ type: 'residence-permit' }] }, []],
    ['an employer pays medical insurance', { employerInsurances: ['employee-medical'] }, ['INSURED_BY_EMPLOYER']],
    ['already in it', { currentEnrolments: ['resident-medical'] }, ['ALREADY_ENROLLED']],
    ['in the employees\' pension alone', { currentEnrolments: ['employee-pension'] }, []]
  ]))

  describe('check-special-list', () => {
    const lists: [string, object[], string][] = [
      ['on no list', [{ type: 'residence-permit' }], 'none'], ['on the list of the allowance', [{ type: 'minimum-living-allowance' }], 'listed']
    ]
    for (const [title, licences, expected] of lists) {
      it(`${title}: ${expected}`, async () => {
        const { result } = await runStep(checkList!, PERSON, records({ licences }))
        expect(result).to.deep.equal({ variables: { specialList: expected }, receipt: null, reasons: [] })
      })
    }

    it('lists that cannot be asked are left to a person', async () => {
      const { result } = await runStep(checkList!, PERSON, null)
      expect(result.variables).to.deep.equal({ specialList: 'unlisted' })
      expect(result.reasons).to.have.length(1)
    })
  })

  describe('register', () => describeRegistration(register!, 'resident-medical-registration', { ...PERSON, insuredUnit: '示例社区' }))
})
