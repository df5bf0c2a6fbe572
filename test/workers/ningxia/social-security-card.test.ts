import { expect } from 'chai'
import { AppError } from '../../../core/errors.ts'
import { matter } from '../../../workers/ningxia/social-security-card.ts'
import { describeRegistration, describeVerification, PERSON, RECEIPT, refusal, runStep } from '../matter-fixture.ts'

const { verify, order, mail } = matter.steps

describe('ningxia social-security-card', () => {
  describe('verify', () => describeVerification(verify!, [
    ['never applied', {}, []],
    ['a card of another province is none', { cardApplied: true, cardAppliedIn: ['610000'] }, []],
    ['a card of Ningxia', { cardApplied: true, cardAppliedIn: ['610000', '640000'] }, ['CARD_ALREADY_APPLIED']]
  ]))

  describe('order', () => {
    const dated = { ...PERSON, bank: 'bank-of-ningxia', idValidFrom: '2020-05-12', idValidTo: '2040-05-12' }
    describeRegistration(order!, 'card-order', { ...dated, isLongTermValid: false }, { ...dated, firstIn: '640000' })
  })

  describe('mail', () => {
    const parcel = { recipient: '马文静', mobile: '13995101001', address: '解放东街12号', postageFen: 580 }

    it('orders the parcel with its postage and hands on the receipt', async () => {
      const { result, calls } = await runStep(mail!, parcel, { result: { trackingNumber: 'EA000000012CN', postageFen: 580 } })
      expect(calls).to.deep.equal([{ how: 'department', kind: 'parcel', body: { ...parcel, contents: '社会保障卡' } }])
      expect(result).to.deep.equal({ variables: {}, receipt: RECEIPT, reasons: [], parcel: { trackingNumber: 'EA000000012CN', postageFen: 580 } })
    })

    it('needs a person when the post does not take it', async () => {
      const refused = await runStep(mail!, parcel, refusal({ code: 'ADDRESS_UNKNOWN', message: '地址不详' })).catch((error: unknown) => error)
      expect(refused).to.be.instanceOf(AppError).and.include({ code: 'DEPARTMENT_REFUSED' })
    })
  })
})
