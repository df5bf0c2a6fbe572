import { expect } from 'chai'
import { readPeople } from '../../../departments/people/index.ts'
import { citizen, send, startForTest, startReceiver, stranger } from '../support.ts'
import type { TestDepartments } from '../support.ts'
import { until } from '../../support/until.ts'

describe('tax', () => {
  let departments: TestDepartments
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  const ask = (kind: string, requestId: string, fields: object) => send(departments.urls.tax, kind, requestId, fields)
  const month = { insurance: 'flexible-pension', baseFen: 405_400, periodStart: '2026-04-01', periodEnd: '2026-04-30' }

  before(async () => {
    receiver = await startReceiver()
    departments = await startForTest(['tax'], { internalUrl: receiver.url, dayMs: 20 })
  })
  after(async () => {
    await departments.end()
    await receiver.stop()
  })

  it('assesses, with one social insurance code for a person', async () => {
    const { body } = await ask('contribution-assessment', 'row-1:assess:1', { ...citizen, ...month })
    expect(body.result).to.deep.include({
      amountFen: 81_080, status: 'unverified', taxpayerId: citizen.idNumber, periodStart: '2026-04', periodEnd: '2026-04',
      lines: [{ item: '灵活就业人员基本养老保险', subitem: '个人缴费', amountFen: 81_080, baseFen: 405_400, rateBasisPoints: 2000 }]
    })
    const other = await ask('contribution-assessment', 'row-2:assess:1', { ...citizen, insurance: 'flexible-medical' })
    expect(other.body.result.socialInsuranceCode).to.equal(body.result.socialInsuranceCode)
    const another = await ask('contribution-assessment', 'row-3:assess:1', { ...stranger, insurance: 'flexible-medical' })
    expect(another.body.result.socialInsuranceCode).to.not.equal(body.result.socialInsuranceCode)
  })

  it('declares what it assessed, and debits a day later', async () => {
    const { body } = await ask('contribution-declaration', 'row-1:declare:1', { ...citizen, ...month, amountFen: 81_080 })
    expect(body.result).to.include({ amountFen: 81_080, periodStart: '2026-04', periodEnd: '2026-04' })
    const settled = await until('the debit', async () => receiver.received.find(({ text }) => text.includes('row-1:declare:1')), 5000)
    expect(JSON.parse(settled.text)).to.deep.include({
      type: 'payment-settled', data: { amountFen: 81_080, debitFen: 81_080, declarationNumber: body.result.declarationNumber }
    })
  })

  it('takes a second declaration for the same period as a correction, and charges nothing twice', async () => {
    const again = await ask('contribution-declaration', 'row-4:declare:1', { ...citizen, ...month })
    expect(again.body.result).to.include({ amountFen: 81_080, isCorrection: true })
    const settled = await until('the debit', async () => receiver.received.find(({ text }) => text.includes('row-4:declare:1')), 5000)
    expect(JSON.parse(settled.text).data.debitFen).to.equal(0)
    const next = { ...month, periodStart: '2026-05-01', periodEnd: '2026-05-31' }
    expect((await ask('contribution-declaration', 'row-5:declare:1', { ...citizen, ...next })).body.status).to.equal('done')
  })

  it('refuses an amount that it did not assess', async () => {
    const { status, body } = await ask('contribution-declaration', 'row-6:declare:1', { ...stranger, ...month, amountFen: 1 })
    expect(status).to.equal(422)
    expect(body.fields[0]).to.include({ path: '/amountFen', code: 'AMOUNT_NOT_AS_ASSESSED' })
  })

  it('refuses 大额 of a year whose January is over, assessed or declared, and takes that of a year to come', async () => {
    const year = (offset: number) => String(new Date().getFullYear() + offset)
    const large = (of: string) => ({ ...citizen, insurance: 'flexible-medical', options: ['large-medical'], periodStart: `${of}-01`, periodEnd: `${of}-12` })
    for (const [kind, step] of [['contribution-assessment', 'assess'], ['contribution-declaration', 'declare']] as const) {
      const { body } = await ask(kind, `row-8:${step}:1`, large(year(-1)))
      expect([body.status, body.receipt], kind).to.deep.equal(['refused', null])
      expect(body.reasons, kind).to.deep.equal([{ code: 'PAYMENT_TOO_LATE', message: '灵活就业人员大额医疗互助保险须在当年1月31日前缴纳，已过期限。' }])
    }
    const { body } = await ask('contribution-assessment', 'row-9:assess:1', large(year(1)))
    expect(body.status).to.equal('done')
    expect(body.result.lines.map(({ item }: { item: string }) => item)).to.include('灵活就业人员大额医疗互助保险')
  })

  it('reports a debit that failed', async () => {
    const { name, idType, idNumber } = readPeople().byAccount('citizen-gx-no-funds')!.person
    await ask('contribution-declaration', 'row-7:declare:1', { name, idType, idNumber, ...month })
    const failed = await until('the failed debit', async () => receiver.received.find(({ text }) => text.includes('row-7:declare:1')), 5000)
    expect(JSON.parse(failed.text)).to.deep.include({ type: 'payment-failed' })
    expect(JSON.parse(failed.text).data).to.include({ code: 'INSUFFICIENT_BALANCE', amountFen: 81_080 })
  })
})
