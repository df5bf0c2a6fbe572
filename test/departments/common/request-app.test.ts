import { expect } from 'chai'
import { isReceiptNumber } from '../../../departments/common/receipts.ts'
import { call, send, startForTest, stranger } from '../support.ts'
import type { TestDepartments } from '../support.ts'

const KIND = 'archive-acceptance'

describe('a department under faults', () => {
  let departments: TestDepartments
  let url: string
  const fault = (...faults: object[]) => call(`${url}/v1/faults`, 'POST', { faults })
  const find = (requestId: string) => call(`${url}/v1/requests/${requestId}`)

  before(async () => {
    departments = await startForTest(['hrss'])
    url = departments.urls.hrss
  })
  afterEach(() => call(`${url}/v1/faults`, 'DELETE'))
  after(() => departments.end())

  it('error: nothing is done, and a repetition does it', async () => {
    await fault({ mode: 'error', status: 502, count: 1 })
    const broken = await send(url, KIND, 'f1:register:1', stranger)
    expect(broken.status).to.equal(502)
    expect(broken.headers.get('content-type')).to.match(/^application\/problem\+json/)
    expect((await find('f1:register:1')).status).to.equal(404)
    expect((await send(url, KIND, 'f1:register:1', stranger)).body.status).to.equal('done')
  })

  it('effect-then-silence: the reply is lost, the business is done and can be asked for', async () => {
    await fault({ mode: 'effect-then-silence', count: 1 })
    const lost = await send(url, KIND, 'f2:register:1', stranger).then(() => 'answered', () => 'lost')
    expect(lost).to.equal('lost')
    const known = (await find('f2:register:1')).body
    expect(known.status).to.equal('done')
    expect((await send(url, KIND, 'f2:register:1', stranger)).body).to.deep.equal(known)
    expect((await call(`${url}/v1/ledger?subject=f2`)).body.entries).to.have.length(1)
  })

  it('wrong-receipt: the reply is about something else and its number cannot be right; the query tells the truth', async () => {
    await fault({ mode: 'wrong-receipt', count: 1 })
    const { body } = await send(url, KIND, 'f3:register:1', stranger)
    expect(body.requestId).to.not.equal('f3:register:1')
    expect(isReceiptNumber(body.receipt.number)).to.equal(false)
    expect(isReceiptNumber((await find('f3:register:1')).body.receipt.number)).to.equal(true)
  })

  it('malformed: 200 with half a body, the business is done', async () => {
    await fault({ mode: 'malformed', count: 1 })
    const response = await fetch(`${url}/v1/requests/${KIND}`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-request-id': 'f4:register:1' }, body: JSON.stringify(stranger)
    })
    const text = await response.text()
    expect(response.status).to.equal(200)
    expect(() => JSON.parse(text)).to.throw(SyntaxError)
    expect((await find('f4:register:1')).body.status).to.equal('done')
  })

  it('maintenance: 503 with Retry-After, for queries too', async () => {
    await fault({ mode: 'maintenance', until: new Date(Date.now() + 60_000).toISOString() })
    for (const reply of [await send(url, KIND, 'f5:register:1', stranger), await find('f5:register:1')]) {
      expect(reply.status).to.equal(503)
      expect(reply.body.code).to.equal('DEPARTMENT_MAINTENANCE')
      expect(Number(reply.headers.get('retry-after'))).to.be.within(50, 60)
    }
  })

  it('refuse: an answer like any other, kept under its request id', async () => {
    const reasons = [{ code: 'OTHER_DIVISION', message: '不属于本地受理范围。' }]
    await fault({ mode: 'refuse', kind: KIND, count: 1, reasons })
    const { body } = await send(url, KIND, 'f6:register:1', stranger)
    expect(body).to.deep.equal({ requestId: 'f6:register:1', status: 'refused', receipt: null, result: {}, reasons })
    expect((await send(url, KIND, 'f6:register:1', stranger)).body).to.deep.equal(body)
  })

  it('delay: the answer comes later', async () => {
    await fault({ mode: 'delay', delayMs: 120, count: 1 })
    const begun = performance.now()
    expect((await send(url, KIND, 'f7:register:1', stranger)).body.status).to.equal('done')
    expect(performance.now() - begun).to.be.greaterThan(115)
  })

  it('shows its list and takes none that the contract does not know', async () => {
    expect((await fault({ mode: 'delay', delayMs: 5, count: 3 })).body.faults).to.deep.equal([{ mode: 'delay', delayMs: 5, count: 3 }])
    expect((await fault({ mode: 'explode' })).status).to.equal(422)
    expect((await call(`${url}/v1/faults`)).body.faults).to.have.length(1)
  })
})

describe('a department and bad input', () => {
  let departments: TestDepartments
  let url: string

  before(async () => {
    departments = await startForTest(['hrss'])
    url = departments.urls.hrss
  })
  after(() => departments.end())

  it('says in Chinese which field is wrong: 422', async () => {
    const { status, headers, body } = await send(url, KIND, 'b1:register:1', { name: '张三', idType: 'driving-licence', mobile: '12345' })
    expect(status).to.equal(422)
    expect(headers.get('content-type')).to.match(/^application\/problem\+json/)
    expect(body.code).to.equal('FORM_INVALID')
    expect(body.fields.map(({ path }: { path: string }) => path)).to.include.members(['/idNumber', '/idType', '/mobile'])
    for (const { message } of body.fields) expect(message).to.match(/\p{Script=Han}/u)
  })

  it('checks the number of the document', async () => {
    const { status, body } = await send(url, KIND, 'b2:register:1', { ...stranger, idNumber: '110105194912310021' })
    expect(status).to.equal(422)
    expect(body.fields[0]).to.include({ path: '/idNumber', code: 'ID_NUMBER_CHECK_DIGIT' })
    expect((await call(`${url}/v1/requests/b2:register:1`)).status).to.equal(404)
  })

  it('takes a field that is null for one that was left out', async () => {
    expect((await send(url, KIND, 'b3:register:1', { ...stranger, mobile: null })).status).to.equal(200)
  })

  it('answers what is no JSON, no request id, no such kind, no such path, not JSON, too large', async () => {
    const post = (path: string, body: string, headers = {}) => call(url + path, 'POST', body, { 'x-request-id': 'b4:x:1', ...headers })
    const path = `/v1/requests/${KIND}`
    const replies = [
      await post(path, '{"name":'), await call(url + path, 'POST', stranger), await post('/v1/requests/no-such-kind', '{}'),
      await call(`${url}/v1/nothing`), await post(path, 'name=x', { 'content-type': 'text/plain' }),
      await post(path, JSON.stringify({ ...stranger, residenceAddress: '长'.repeat(600_000) }))
    ]
    expect(replies.map(({ status, body }) => [status, body.code])).to.deep.equal([
      [400, 'JSON_INVALID'], [400, 'REQUEST_INVALID'], [404, 'NOT_FOUND'], [404, 'NOT_FOUND'], [415, 'MEDIA_TYPE_UNSUPPORTED'],
      [413, 'PAYLOAD_TOO_LARGE']
    ])
  })

  it('is healthy all the while', async () => {
    expect((await call(`${url}/healthz`)).body).to.deep.equal({ status: 'ok', department: 'hrss' })
  })
})
