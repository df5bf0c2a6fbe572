import { expect } from 'chai'
import { registered, verified } from '../../core/matter.ts'
import type { DepartmentReply } from '../../core/matter.ts'

const reply: DepartmentReply = {
  status: 'done', receipt: { number: 'RS202604200000018', issuedAt: '2026-04-20T09:00:00+08:00' }, result: {}, reasons: []
}
const doubt = { code: 'IS_STUDENT', message: '在校学生' }

describe('results of a step', () => {
  it('a verification passes without doubts, and is unavailable without an answer', () => {
    expect(verified([])).to.deep.equal({ variables: { verification: 'passed' }, receipt: null, reasons: [] })
    expect(verified([doubt])).to.deep.equal({ variables: { verification: 'doubtful' }, receipt: null, reasons: [doubt] })
    expect(verified(null)).to.deep.equal({ variables: { verification: 'unavailable' }, receipt: null, reasons: [] })
  })

  it('a registration keeps the receipt, a refusal the reasons', () => {
    expect(registered(reply)).to.deep.equal({ variables: { registration: 'registered' }, receipt: reply.receipt, reasons: [] })
    expect(registered({ ...reply, status: 'refused', receipt: null, reasons: [doubt] }))
      .to.deep.equal({ variables: { registration: 'refused' }, receipt: null, reasons: [doubt] })
  })
})
