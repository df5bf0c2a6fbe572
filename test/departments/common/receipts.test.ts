import { expect } from 'chai'
import { isReceiptNumber, receiptNumber, spoilReceiptNumber } from '../../../departments/common/receipts.ts'

describe('a receipt number', () => {
  const at = Date.parse('2026-03-23T16:30:00Z')

  it('names the department, the date in Shanghai and the sequence, and ends in a check character', () => {
    expect(receiptNumber('RS', at, 1)).to.match(/^RS20260324000001[\dX]$/)
    expect(isReceiptNumber(receiptNumber('RS', at, 1))).to.equal(true)
  })

  it('has the check character of the identity number over its digits', () => {
    expect(isReceiptNumber('RS11010519491231002X')).to.equal(true)
    expect(isReceiptNumber('RS110105194912310021')).to.equal(false)
  })

  it('is known to be wrong after any one digit changed, and when spoilt', () => {
    const number = receiptNumber('SW', at, 987)
    for (const place of [2, 9, 15]) {
      const other = (Number(number[place]) + 1) % 10
      expect(isReceiptNumber(number.slice(0, place) + other + number.slice(place + 1))).to.equal(false)
    }
    for (let sequence = 1; sequence < 40; sequence++) {
      expect(isReceiptNumber(spoilReceiptNumber(receiptNumber('SW', at, sequence)))).to.equal(false)
    }
  })
})
