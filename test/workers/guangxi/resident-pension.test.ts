import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/resident-pension.ts'
import { describeRegistration, describeVerification, PERSON, records, runStep } from '../matter-fixture.ts'

const { verify, register, 'verify-special-group': verifyGroup } = matter.steps

describe('guangxi resident-pension', () => {
  describe('verify', () => describeVerification(verify!, [
    ['in no insurance', {}, []],
    ['registered in another province', { household: { division: '440106001001' } }, ['HOUSEHOLD_NOT_MET']],
    ['without a household, living here', { household: null }, []],
    ['without a household, living elsewhere', { household: null, residence: { division: '440106001001' } }, ['HOUSEHOLD_NOT_MET']],
    ['a student', { student: true }, ['IS_STUDENT']],
    ['an employer pays medical insurance', { employerInsurances: ['employee-medical'] }, ['INSURED_BY_EMPLOYER']],
    ['in the employees\' pension', { currentEnrolments: ['employee-pension'] }, ['ALREADY_ENROLLED']]
  ]))

  describe('verify-special-group', () => {
    const disabled = (level: string) => [{ type: 'disability', level }]
    const allowance = { type: 'minimum-living-allowance', level: null }
    const groups: [string, string[], object[], string][] = [
      ['no group', [], [], 'none'],
      ['severely disabled of the first degree', ['severely-disabled'], disabled('一级'), 'confirmed'],
      ['severely disabled of the third degree', ['severely-disabled'], disabled('三级'), 'unconfirmed'],
      ['on the allowance', ['subsistence-allowance'], [allowance], 'confirmed'],
      ['disabled and on the allowance', ['low-income-disabled'], [...disabled('4'), allowance], 'confirmed'],
      ['disabled but not on the allowance', ['low-income-disabled'], disabled('4'), 'unconfirmed'],
      ['one group proven, one not', ['subsistence-allowance', 'extreme-poverty'], [allowance], 'unconfirmed'],
      ['a group that no record proves', ['village-cadre'], [allowance], 'unconfirmed']
    ]
    for (const [title, specialGroups, licences, expected] of groups) {
      it(`${title}: ${expected}`, async () => {
        const { result } = await runStep(verifyGroup!, { ...PERSON, specialGroups }, records({ licences }))
        expect(result.variables).to.deep.equal({ specialGroup: expected })
        expect(result.reasons).to.have.length(expected === 'unconfirmed' ? 1 : 0)
      })
    }

    it('asks nobody when no group is claimed', async () => {
      expect((await runStep(verifyGroup!, PERSON, null)).calls).to.deep.equal([])
    })

    it('is unconfirmed without an answer', async () => {
      const { result } = await runStep(verifyGroup!, { ...PERSON, specialGroups: ['extreme-poverty'] }, null)
      expect(result.variables).to.deep.equal({ specialGroup: 'unconfirmed' })
    })
  })

  describe('register', () => {
    describeRegistration(register!, 'resident-pension-registration', { ...PERSON, paymentTier: '200' }, { ...PERSON, tier: '200' })

    it('turns an amount that the pooling area added from fen into yuan', async () => {
      const { calls } = await runStep(register!, { ...PERSON, paymentTier: 'local', localTierFen: 250_000 }, {})
      expect(calls[0]!.body).to.deep.equal({ ...PERSON, tier: 2500 })
    })
  })
})
