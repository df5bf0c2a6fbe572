import { expect } from 'chai'
import { matter } from '../../../workers/guangxi/social-security-card.ts'
import { describeRegistration, describeVerification, PERSON, RECEIPT, refusal, runStep } from '../matter-fixture.ts'

const { verify, order, 'check-photo': checkPhoto } = matter.steps
const photo = { sha256: 'a'.repeat(64), mediaType: 'image/jpeg', bytes: 40_000, widthPx: 358, heightPx: 441, dpi: 350 }

describe('guangxi social-security-card', () => {
  describe('verify', () => describeVerification(verify!, [
    ['never applied', {}, []],
    ['applied before', { cardApplied: true }, ['CARD_ALREADY_APPLIED']],
    ['an employer pays', { employerInsurances: ['employee-pension'] }, ['INSURED_BY_EMPLOYER']]
  ]))

  describe('check-photo', () => {
    it('passes what the maker takes', async () => {
      const { result, calls } = await runStep(checkPhoto!, { ...PERSON, photo }, {})
      expect(calls).to.deep.equal([{ how: 'department', kind: 'card-photo-check', body: { ...PERSON, photo } }])
      expect(result).to.deep.equal({ variables: { photo: 'passed' }, receipt: RECEIPT, reasons: [] })
    })

    it('leaves to a person what the maker does not take', async () => {
      const reason = { code: 'PHOTO_NOT_STANDARD', message: '照片规格应为 358×441 像素。' }
      const { result } = await runStep(checkPhoto!, { ...PERSON, photo }, refusal(reason))
      expect(result).to.deep.include({ variables: { photo: 'doubtful' }, reasons: [reason] })
    })

    it('leaves a ground that is not quite white to a person, and tells the maker the measures alone', async () => {
      const { result, calls } = await runStep(checkPhoto!, { ...PERSON, photo: { ...photo, isDoubtful: true } }, {})
      expect(calls[0]!.body).to.deep.equal({ ...PERSON, photo })
      expect(result.variables).to.deep.equal({ photo: 'doubtful' })
      expect(result.reasons.map(({ code }) => code)).to.deep.equal(['PHOTO_NOT_STANDARD'])
    })

    it('leaves a missing photo to a person', async () => {
      const { result, calls } = await runStep(checkPhoto!, PERSON, {})
      expect(calls).to.deep.equal([])
      expect(result.variables).to.deep.equal({ photo: 'doubtful' })
      expect(result.reasons.map(({ code }) => code)).to.deep.equal(['MATERIAL_MISSING'])
    })
  })

  describe('order', () => {
    const dated = { ...PERSON, bank: 'guilin', idValidFrom: '2020-05-12', idValidTo: '2040-05-12' }
    describeRegistration(order!, 'card-order', { ...dated, isLongTermValid: false }, dated)

    it('names no end of a document that is valid for good', async () => {
      const { calls } = await runStep(order!, { ...dated, isLongTermValid: true }, {})
      expect(calls[0]!.body).to.deep.equal({ ...PERSON, bank: 'guilin', idValidFrom: '2020-05-12' })
    })
  })
})
