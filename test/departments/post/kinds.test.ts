import { expect } from 'chai'
import { trackingNumber } from '../../../departments/post/kinds.ts'
import { until } from '../../support/until.ts'
import { call, send, startForTest, startReceiver } from '../support.ts'

describe('post', () => {
  const parcel = { recipient: '韦晓敏', mobile: '13877101001', address: '南宁市青秀区新竹路12号' }

  it('gives tracking numbers by UPU S10', () => {
    expect(trackingNumber(47_312_482)).to.equal('EA473124829CN')
    expect(trackingNumber(1)).to.equal('EA000000014CN')
  })

  it('takes in a parcel once', async () => {
    const departments = await startForTest(['post'])
    const url = departments.urls.post
    const first = await send(url, 'parcel', 'item-1:mail:1', parcel)
    expect(first.body.result.trackingNumber).to.match(/^EA\d{9}CN$/)
    expect((await send(url, 'parcel', 'item-1:mail:1', parcel)).body).to.deep.equal(first.body)
    expect((await send(url, 'parcel', 'item-2:mail:1', { ...parcel, mobile: '0771-1' })).status).to.equal(422)
    expect((await call(`${url}/v1/ledger`)).body.entries).to.have.length(1)
    await departments.end()
  })

  it('tells the way of a parcel by signed call-backs, and what it collected at the door', async () => {
    const { url: internalUrl, received, stop } = await startReceiver()
    const departments = await startForTest(['post'], { internalUrl, dayMs: 40 })
    const { body } = await send(departments.urls.post, 'parcel', 'item-1:mail:1', { ...parcel, postageFen: 580 })
    await until('the parcel', async () => received.length === 3, 5000)
    const events = received.map(({ text }) => JSON.parse(text))
    expect(events.map(({ type }) => type)).to.deep.equal(['parcel-collected', 'parcel-in-transit', 'parcel-delivered'])
    const { trackingNumber: number } = body.result
    expect(events.at(-1)!.data).to.deep.equal({ trackingNumber: number, collectedFen: 580 })
    await departments.end()
    await stop()
  })

  it('may bring a parcel back, and may say everything twice', async () => {
    const { url: internalUrl, received, stop } = await startReceiver()
    const departments = await startForTest(['post'], { internalUrl, dayMs: 10 })
    const url = departments.urls.post
    await call(`${url}/v1/faults`, 'POST', { faults: [{ mode: 'undeliverable', count: 1 }, { mode: 'duplicate-callbacks', count: 1 }] })
    await send(url, 'parcel', 'item-1:mail:1', parcel)
    await until('the return', async () => received.length === 3, 5000)
    expect(JSON.parse(received.at(-1)!.text).type).to.equal('parcel-returned')
    await send(url, 'parcel', 'item-2:mail:1', parcel)
    await until('all of it', async () => received.length === 9, 5000)
    const ids = received.slice(3).map(({ text }) => JSON.parse(text).id)
    expect(new Set(ids).size).to.equal(3)
    await departments.end()
    await stop()
  })
})
