import { expect } from 'chai'
import { isReceiptNumber } from '../../../departments/common/receipts.ts'
import { call, send, startForTest, stranger } from '../support.ts'
import type { TestDepartments } from '../support.ts'

const KIND = 'flexible-pension-registration'

describe('the ledger of a department', () => {
  let departments: TestDepartments
  let url: string

  before(async () => {
    departments = await startForTest(['hrss'])
    url = departments.urls.hrss
  })
  after(() => departments.end())

  it('does twenty copies of a request at once a single time and answers all alike', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(url, KIND, 'item-1:register:1', stranger)))
    expect(new Set(replies.map(({ status }) => status))).to.deep.equal(new Set([200]))
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).to.equal(1)
    const { body } = replies[0]!
    expect(body).to.deep.include({ requestId: 'item-1:register:1', status: 'done', reasons: [] })
    expect(isReceiptNumber(body.receipt.number)).to.equal(true)
    const { entries } = (await call(`${url}/v1/ledger?subject=item-1`)).body
    expect(entries).to.have.length(1)
    expect(entries[0]).to.include({ requestId: 'item-1:register:1', kind: KIND, subject: 'item-1', receiptNumber: body.receipt.number })
  })

  it('takes equal content in another order for the same', async () => {
    const { idNumber, idType, name } = stranger
    expect((await send(url, KIND, 'item-1:register:1', { idNumber, idType, name })).status).to.equal(200)
  })

  it('refuses a request id that comes again with another body or kind', async () => {
    const other = await send(url, KIND, 'item-1:register:1', { ...stranger, mobile: '13800000000' })
    expect(other.status).to.equal(409)
    expect(other.body).to.include({ code: 'REQUEST_ID_REUSED' })
    expect((await send(url, 'archive-dispatch', 'item-1:register:1', stranger)).status).to.equal(409)
  })

  it('takes a second registration of the person under another request id for a renewal, for good', async () => {
    const again = await send(url, KIND, 'item-2:register:1', stranger)
    expect(again.body.status).to.equal('done')
    expect(again.body.result.isRenewal).to.equal(true)
    expect((await call(`${url}/v1/requests/item-2:register:1`)).body).to.deep.equal(again.body)
  })

  it('lets only one of twenty different requests register the same person', async () => {
    const person = { name: '陈思源', idType: 'hmt-residence-permit', idNumber: '810000199408230021' }
    const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => send(url, KIND, `crowd-${index}:register:1`, person)))
    expect(replies.filter(({ body }) => body.result.isRenewal === false)).to.have.length(1)
    expect(replies.filter(({ body }) => body.result.isRenewal === true)).to.have.length(19)
  })

  it('finds a request by its id, and says 404 of one that never came', async () => {
    expect((await call(`${url}/v1/requests/${encodeURIComponent('item-1:register:1')}`)).body.status).to.equal('done')
    expect((await call(`${url}/v1/requests/item-9:register:1`)).status).to.equal(404)
  })

  it('keeps traceparent with the business', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    await send(url, 'archive-dispatch', 'traced:dispatch:1', stranger, { traceparent })
    expect((await call(`${url}/v1/ledger?subject=traced`)).body.entries[0].traceparent).to.equal(traceparent)
  })

  it('is read in pages and from an instant on, and holds no queries', async () => {
    await send(url, 'enrolment-query', 'asked:query:1', { idNumber: stranger.idNumber, insurance: 'flexible-pension' })
    const all = (await call(`${url}/v1/ledger`)).body.entries as { requestId: string }[]
    expect(all.map(({ requestId }) => requestId)).to.not.include('asked:query:1')
    const first = (await call(`${url}/v1/ledger?limit=1`)).body
    const second = (await call(`${url}/v1/ledger?limit=1&cursor=${first.cursor}`)).body
    expect([...first.entries, ...second.entries]).to.deep.equal(all.slice(0, 2))
    expect((await call(`${url}/v1/ledger?since=${Date.now() + 1000}`)).body).to.deep.equal({ entries: [], cursor: null })
    expect((await call(`${url}/v1/ledger?since=yesterday`)).status).to.equal(400)
  })

  it('is all there after a restart', async () => {
    const before = (await call(`${url}/v1/ledger`)).body
    const answer = (await call(`${url}/v1/requests/item-1:register:1`)).body
    departments = await departments.restart()
    url = departments.urls.hrss
    expect((await call(`${url}/v1/ledger`)).body).to.deep.equal(before)
    expect((await send(url, KIND, 'item-1:register:1', stranger)).body).to.deep.equal(answer)
  })
})
