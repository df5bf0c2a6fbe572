import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/resident-medical-change.ts'
import { describeRegistration, describeVerification, PERSON, records, runStep } from '../matter-fixture.ts'

const { verify, register } = matter.steps
const insured = { currentEnrolments: ['resident-medical'] }
const changes = [{ item: 'postalCode', before: '530000', after: '530022', isConfirmed: true }]
const renamed = [{ item: 'name', before: '韦美兰', after: '韦美莲', isConfirmed: true }]
const identityBefore = { name: '韦美兰', idNumber: '450103199003070020' }

describe('guangxi resident-medical-change', () => {
  describe('verify', () => {
    describeVerification(verify!, [
      ['insured', insured, []],
      ['in no medical insurance', {}, ['NOT_ENROLLED']],
      ['in the employees\' scheme', { currentEnrolments: ['employee-medical'] }, ['NOT_ENROLLED']]
    ], { changes })

    for (const [channel, codes] of [['online', ['WINDOW_ONLY']], ['platform', ['WINDOW_ONLY']], ['window', []]] as const) {
      it(`tells a new name apart, from ${channel}: ${codes.join() || 'passed'}`, async () => {
        const { result } = await runStep(verify!, { ...PERSON, changes: renamed }, records(insured), { channel })
        expect(result.variables['changesNameOrIdNumber']).to.equal(true)
        expect(result.reasons.map(({ code }) => code)).to.deep.equal(codes)
      })
    }

    it('looks a renamed person up under the old name', async () => {
      const { calls } = await runStep(verify!, { ...PERSON, name: '韦美莲', changes: renamed, identityBefore }, records(insured))
      expect(calls[0]!.body).to.deep.include(identityBefore)
    })
  })

  describe('register', () => {
    describeRegistration(register!, 'resident-medical-change', { ...PERSON, changes })

    it('changes the person who is insured under the old name', async () => {
      const { calls } = await runStep(register!, { ...PERSON, name: '韦美莲', changes: renamed, identityBefore }, {})
      expect(calls[0]!.body).to.deep.equal({ ...PERSON, changes: renamed })
    })
  })
})
