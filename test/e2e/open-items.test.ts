import { expect } from 'chai'
import { isFinal, itemOf, workUntil } from './support/case.ts'
import { stack } from './support/root-stack.ts'

describe('open items of an earlier application', () => {
  it('refuse a second application that conflicts with them, by the number of the first', async () => {
    const applicant = await stack().newcomer()
    const first = await applicant.apply('guangxi', ['resident-pension'])
    const id = await applicant.draft('guangxi', ['flexible-pension'])
    const answer = await applicant.send('POST', `applications/${id}/submit`,
      { confirmedNotices: ['flexible-pension'], declarationAccepted: true, signature: null })
    expect([answer.status, answer.body.code, answer.body.number]).to.deep.equal([409, 'OPEN_ITEM_CONFLICT', first.number])
    expect(answer.body.detail).to.contain(first.number)
  })

  it('let a second application through when it does not conflict', async () => {
    const applicant = await stack().newcomer()
    await applicant.apply('guangxi', ['resident-pension'])
    const second = await applicant.apply('guangxi', ['resident-medical'])
    const application = await workUntil(applicant, second.id, one => isFinal(itemOf(one, 'resident-medical')))
    expect(itemOf(application, 'resident-medical').status).to.equal('delivered')
  })

  it('are free again once the earlier item is withdrawn', async () => {
    const applicant = await stack().newcomer()
    const first = await applicant.apply('guangxi', ['resident-pension'])
    await applicant.post(`applications/${first.id}/items/resident-pension/withdraw`, {})
    await workUntil(applicant, first.id, one => isFinal(itemOf(one, 'resident-pension')), () => undefined)
    const second = await applicant.apply('guangxi', ['flexible-pension'])
    expect(second.number).to.not.equal(first.number)
  })
})

describe('rows of the declaration', () => {
  it('without a registration in the application rest on what the department has on record', async () => {
    const applicant = await stack().newcomer()
    const { id } = await applicant.apply('guangxi', ['flexible-medical', 'contribution'], draft => {
      const [row] = draft.items.contribution.rows
      draft.items.contribution.rows = [row, { ...row, insurance: 'flexible-pension', base: 405_360 }]
    })
    const application = await workUntil(applicant, id, one => isFinal(itemOf(one, 'contribution')))
    const { rows } = itemOf(application, 'contribution')
    const status = Object.fromEntries(rows.map((row: { insurance: string; status: string }) => [row.insurance, row.status]))
    expect(status).to.deep.equal({ 'flexible-medical': 'approved', 'flexible-pension': 'rejected' })
    expect(itemOf(application, 'contribution').status).to.equal('delivered')
  })
})
