import { expect } from 'chai'
import { trackingNumber } from '../../../departments/post/kinds.ts'
import { call, send, startForTest } from '../support.ts'

describe('post', () => {
  it('gives tracking numbers by UPU S10', () => {
    expect(trackingNumber(47_312_482)).to.equal('EA473124829CN')
    expect(trackingNumber(1)).to.equal('EA000000014CN')
  })

  it('takes in a parcel once', async () => {
    const departments = await startForTest(['post'])
    const url = departments.urls.post
    const parcel = { recipient: '韦晓敏', mobile: '13877101001', address: '南宁市青秀区新竹路12号' }
    const first = await send(url, 'parcel', 'item-1:mail:1', parcel)
    expect(first.body.result.trackingNumber).to.match(/^EA\d{9}CN$/)
    expect((await send(url, 'parcel', 'item-1:mail:1', parcel)).body).to.deep.equal(first.body)
    expect((await send(url, 'parcel', 'item-2:mail:1', { ...parcel, mobile: '0771-1' })).status).to.equal(422)
    expect((await call(`${url}/v1/ledger`)).body.entries).to.have.length(1)
    await departments.end()
  })
})
