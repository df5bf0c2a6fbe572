import { expect } from 'chai'
import { matter } from '../../../workers/common/results.ts'
import { RECEIPT, refusal, runStep } from '../matter-fixture.ts'

const step = matter.steps['mail-results']!
const address = { recipient: '韦美兰', mobile: '13877100001', address: '民族大道1号' }

describe('mail-results', () => {
  it('sends one parcel to the address given', async () => {
    const { result, calls } = await runStep(step, address, { result: { trackingNumber: 'EA000000012CN' } })
    expect(calls).to.have.length(1)
    expect(calls[0]).to.deep.include({ how: 'department', kind: 'parcel' })
    expect(calls[0]!.body).to.include(address)
    expect(result).to.deep.equal({ variables: {}, receipt: RECEIPT, reasons: [], parcel: { trackingNumber: 'EA000000012CN' } })
  })

  it('needs a person when the post does not take it, and names nobody', async () => {
    const error = await runStep(step, address, refusal({ code: 'ADDRESS_UNKNOWN', message: '民族大道1号不存在' }))
      .then(() => expect.fail('it was taken'), (one: Error) => one)
    expect(error.message).to.include('ADDRESS_UNKNOWN').and.not.include('民族大道')
  })
})
