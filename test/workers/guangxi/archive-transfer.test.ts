import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/archive-transfer.ts'
import { describeRegistration, describeVerification, PERSON, RECEIPT, refusal, records, runStep } from '../matter-fixture.ts'

const { verify, register, dispatch, 'request-file': requestFile, 'check-letter': checkLetter } = matter.steps
const fields = { ...PERSON, fromAgency: '甲', toAgency: '乙', personCategory: 'flexible', reason: 'contract-ended' }

describe('guangxi archive-transfer', () => {
  describe('verify', () => {
    describeVerification(verify!, [
      ['a flexible worker of the region', {}, []],
      ['an employer pays', { employerInsurances: ['employee-pension'] }, ['INSURED_BY_EMPLOYER']],
      ['registered in another province', { household: { division: '440106001001' } }, ['HOUSEHOLD_NOT_MET']]
    ])

    for (const [given, direction] of [['receive', 'receive'], ['dispatch', 'dispatch'], [undefined, 'receive']]) {
      it(`takes the direction ${given} for ${direction}`, async () => {
        const { result } = await runStep(verify!, { ...PERSON, direction: given }, records())
        expect(result.variables).to.deep.equal({ verification: 'passed', direction })
      })
    }
  })

  for (const [name, step, agreed] of [['request-file', requestFile, 'issued'], ['check-letter', checkLetter, 'valid']] as const) {
    it(`${name} comes to ${agreed}, or to refused with the reason`, async () => {
      const done = await runStep(step!, fields, {})
      expect(done.calls).to.deep.equal([{ how: 'department', kind: 'archive-transfer-letter', body: fields }])
      expect(done.result).to.deep.equal({ variables: { letter: agreed }, receipt: RECEIPT, reasons: [] })
      const reason = { code: 'ARCHIVE_NOT_RELEASED', message: '不同意转出' }
      const declined = await runStep(step!, fields, refusal(reason))
      expect(declined.result).to.deep.equal({ variables: { letter: 'refused' }, receipt: null, reasons: [reason] })
    })
  }

  describe('register', () => describeRegistration(register!, 'archive-acceptance', fields))
  describe('dispatch', () => describeRegistration(dispatch!, 'archive-dispatch', fields))
})
