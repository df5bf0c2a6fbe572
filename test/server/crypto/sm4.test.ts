import { expect } from 'chai'
import { isSm4Available, openWithSm4, sealWithSm4 } from '../../../server/crypto/sm4.ts'

describe('server/crypto/sm4', () => {
  before(function () {
    if (!isSm4Available()) this.skip()
  })
  const key = Buffer.alloc(32, 3)

  it('binds tag to cell and data', () => {
    const sealed = sealWithSm4(key, 't|c|r', '张三')
    expect(openWithSm4(key, 't|c|r', sealed)).to.equal('张三')
    expect(sealed.tag).to.have.length(32)
    expect(() => openWithSm4(key, 't|c|s', sealed)).to.throw().with.property('code', 'CIPHERTEXT_INVALID')
    expect(() => openWithSm4(key, 't|c|r', { ...sealed, iv: Buffer.alloc(16) })).to.throw().with.property('code', 'CIPHERTEXT_INVALID')
    expect(() => openWithSm4(Buffer.alloc(32, 4), 't|c|r', sealed)).to.throw().with.property('code', 'CIPHERTEXT_INVALID')
  })
})
