import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import { send, SECRET, startForTest, startReceiver, stranger } from '../support.ts'
import type { Received } from '../support.ts'
import { until } from '../../support/until.ts'

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

/** The contract's own words, not our code: hex HMAC-SHA256 over `${x-timestamp}.${rawBody}`. */
function isSigned({ headers, text }: Received): boolean {
  const expected = createHmac('sha256', SECRET).update(`${String(headers['x-timestamp'])}.${text}`).digest('hex')
  return headers['x-signature'] === expected
}

describe('the call-backs of a department', () => {
  it('come after the days that the work takes, signed, with the request they belong to', async () => {
    const { url: internalUrl, received, stop } = await startReceiver()
    const departments = await startForTest(['hrss'], { internalUrl, dayMs: 60 })
    const begun = Date.now()
    const ordered = await send(departments.urls.hrss, 'card-order', 'card-1:order:1', { ...stranger, bank: 'guilin' }, { traceparent: TRACE })
    await until('the call-back', async () => received.length > 0, 5000)
    const [first] = received
    expect(Date.now() - begun).to.be.at.least(3 * 60)
    expect(first!.path).to.equal('/internal/v1/callbacks/hrss')
    expect(first!.headers).to.include({ 'content-type': 'application/json', traceparent: TRACE })
    expect(Math.abs(Date.now() - Number(first!.headers['x-timestamp']))).to.be.lessThan(60_000)
    expect(isSigned(first!)).to.equal(true)
    const event = JSON.parse(first!.text)
    expect(event).to.deep.include({
      type: 'card-produced', requestId: 'card-1:order:1', data: { orderNumber: ordered.body.result.orderNumber }
    })
    expect(event.id).to.match(/^[0-9a-f-]{36}$/)
    await departments.end()
    await stop()
  })

  it('come again, with the same id, until they are received', async () => {
    let answer = 503
    const { url: internalUrl, received, stop } = await startReceiver(() => answer)
    const departments = await startForTest(['tax'], { internalUrl, dayMs: 10 })
    await send(departments.urls.tax, 'contribution-declaration', 'row-1:declare:1', { ...stranger, insurance: 'resident-pension', tierFen: 40_000 })
    await until('three attempts', async () => received.length >= 3, 5000)
    answer = 202
    const sent = received.length
    await until('the received one', async () => received.length > sent, 5000)
    const events = received.map(({ text }) => JSON.parse(text))
    expect(new Set(events.map(({ id }) => id)).size).to.equal(1)
    expect(events[0]).to.deep.include({ type: 'payment-settled', requestId: 'row-1:declare:1' })
    expect(events[0].data.amountFen).to.equal(40_000)
    expect(received.every(isSigned)).to.equal(true)
    await departments.end()
    await stop()
  })

  it('survive a restart, and are not sent once more after they were received', async () => {
    const { url: internalUrl, received, stop } = await startReceiver()
    const before = await startForTest(['hrss'], { internalUrl: 'http://127.0.0.1:9', dayMs: 5 })
    await send(before.urls.hrss, 'card-order', 'card-2:order:1', stranger)
    const after = await before.restart({ internalUrl })
    await until('the call-back', async () => received.length > 0, 5000)
    const again = await after.restart({ internalUrl })
    await send(again.urls.hrss, 'card-order', 'card-3:order:1', { ...stranger, idType: 'passport', idNumber: 'E12345678' })
    await until('the next call-back', async () => received.length > 1, 5000)
    expect(received.map(({ text }) => JSON.parse(text).requestId)).to.deep.equal(['card-2:order:1', 'card-3:order:1'])
    await again.end()
    await stop()
  })
})
