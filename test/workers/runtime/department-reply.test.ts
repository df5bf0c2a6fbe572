import { expect } from 'chai'
import { receiptNumber, spoilReceiptNumber } from '../../../departments/common/receipts.ts'
import { isReceiptNumber, readReply } from '../../../workers/runtime/department-reply.ts'

const number = receiptNumber('RS', Date.parse('2026-04-20T01:00:00Z'), 7)
const good = {
  requestId: 'a:register:1', status: 'done', receipt: { number, issuedAt: '2026-04-20T09:00:00+08:00' },
  result: { enrolled: true }, reasons: []
}
const read = (body: unknown, needsReceipt = true, type = 'application/json') => readReply(
  { status: 200, headers: { 'content-type': type }, text: typeof body === 'string' ? body : JSON.stringify(body) },
  'a:register:1', needsReceipt)

describe('reply of a department', () => {
  it('is taken over without what the contract does not name', () => {
    expect(read({ ...good, extra: 'x' })).to.deep.equal({
      kind: 'reply', reply: { status: 'done', receipt: good.receipt, result: { enrolled: true }, reasons: [] }
    })
  })

  it('may carry a charset', () => expect(read(good, true, 'application/json; charset=UTF-8').kind).to.equal('reply'))

  it('may be a refusal with reasons and without a receipt', () => {
    const reasons = [{ code: 'ALREADY_REGISTERED', message: '已参保' }]
    expect(read({ ...good, status: 'refused', receipt: null, result: {}, reasons })).to.deep.include({ kind: 'reply' })
  })

  it('may still be worked on', () => expect(read({ ...good, status: 'processing' }).kind).to.equal('processing'))

  const wrong: [string, unknown, string][] = [
    ['of another request', { ...good, requestId: 'b:register:1' }, 'DEPARTMENT_RECEIPT_MISMATCH'],
    ['with a spoiled receipt number', { ...good, receipt: { ...good.receipt, number: spoilReceiptNumber(number) } }, 'DEPARTMENT_RECEIPT_MISMATCH'],
    ['done without a receipt', { ...good, receipt: null }, 'DEPARTMENT_RECEIPT_MISMATCH'],
    ['with a receipt that was issued never', { ...good, receipt: { number, issuedAt: 'yesterday' } }, 'DEPARTMENT_REPLY_INVALID'],
    ['of a status nobody agreed on', { ...good, status: 'maybe' }, 'DEPARTMENT_REPLY_INVALID'],
    ['with a result that is a list', { ...good, result: [] }, 'DEPARTMENT_REPLY_INVALID'],
    ['with reasons that are texts', { ...good, reasons: ['no'] }, 'DEPARTMENT_REPLY_INVALID'],
    ['cut off in the middle', JSON.stringify(good).slice(0, -20), 'DEPARTMENT_REPLY_INVALID'],
    ['with NaN in it', '{"requestId":"a:register:1","status":NaN}', 'DEPARTMENT_REPLY_INVALID'],
    ['null', 'null', 'DEPARTMENT_REPLY_INVALID']
  ]
  for (const [title, body, code] of wrong) {
    it(`${title} is refused`, () => expect(read(body)).to.deep.equal({ kind: 'invalid', code }))
  }

  it('as a page of HTML is refused', () => expect(read('<html>', true, 'text/html').kind).to.equal('invalid'))

  it('needs no receipt when it answers a question', () => expect(read({ ...good, receipt: null }, false).kind).to.equal('reply'))

  it('has a check character that departments reckon alike', () => {
    for (let sequence = 1; sequence < 200; sequence++) {
      expect(isReceiptNumber(receiptNumber('SW', 1_776_000_000_000, sequence))).to.equal(true)
    }
  })
})
