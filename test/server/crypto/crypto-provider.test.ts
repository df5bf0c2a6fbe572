import { expect } from 'chai'
import { createCryptoProvider, normalise } from '../../../server/crypto/crypto-provider.ts'
import type { CryptoOptions } from '../../../server/crypto/crypto-provider.ts'
import { isSm4Available } from '../../../server/crypto/sm4.ts'

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64')
const provider = (options: Partial<CryptoOptions> = {}) =>
  createCryptoProvider({ dataKey: key(1), hashKey: 'hash-key', ...options })
const PLAIN = '韦小宝 450103199001010011'

for (const [cipher, version] of [['aes-256-gcm', 'v1'], ['sm4', 'v2']] as const) {
  describe(`server/crypto/crypto-provider (${cipher})`, () => {
    before(function () {
      if (cipher === 'sm4' && !isSm4Available()) this.skip()
    })
    const crypto = provider({ cipher })

    it('opens what it sealed, for the same cell only', () => {
      const sealed = crypto.encrypt('application', 'content_enc', 'a1', PLAIN)
      expect(crypto.decrypt('application', 'content_enc', 'a1', sealed)).to.equal(PLAIN)
      for (const [table, column, row] of [['item', 'content_enc', 'a1'], ['application', 'signature_enc', 'a1'], ['application', 'content_enc', 'a2']] as const) {
        expect(() => crypto.decrypt(table, column, row, sealed)).to.throw().with.property('code', 'CIPHERTEXT_INVALID')
      }
    })

    it('has the fixed format, shows nothing and never repeats itself', () => {
      const sealed = crypto.encrypt('t', 'c', 'r', PLAIN)
      expect(sealed).to.match(new RegExp(`^${version}:k1:[\\w-]+:[\\w-]+:[\\w-]+$`))
      expect(Buffer.from(sealed.split(':')[4]!, 'base64url').toString('utf8')).to.not.contain('450103')
      expect(crypto.encrypt('t', 'c', 'r', PLAIN)).to.not.equal(sealed)
    })

    it('refuses a text changed in any part', () => {
      const parts = crypto.encrypt('t', 'c', 'r', PLAIN).split(':')
      for (const index of [0, 1, 2, 3, 4]) {
        const part = Buffer.from(parts[index]!, 'base64url')
        part[0]! ^= 1
        const changed = parts.with(index, index < 2 ? 'zz' : part.toString('base64url')).join(':')
        expect(() => crypto.decrypt('t', 'c', 'r', changed), `part ${index}`).to.throw().with.property('code', 'CIPHERTEXT_INVALID')
      }
      const shortTag = parts.with(3, Buffer.from(parts[3]!, 'base64url').subarray(0, 4).toString('base64url')).join(':')
      for (const wrong of [shortTag, '', 'v1:k1', `${parts.join(':')}:x`]) {
        expect(() => crypto.decrypt('t', 'c', 'r', wrong), wrong).to.throw().with.property('code', 'CIPHERTEXT_INVALID')
      }
    })

    it('seals an empty text too', () => {
      expect(crypto.decrypt('t', 'c', 'r', crypto.encrypt('t', 'c', 'r', ''))).to.equal('')
    })

    it('opens texts of an earlier key after the key was changed', () => {
      const sealed = crypto.encrypt('t', 'c', 'r', PLAIN)
      const next = provider({ cipher, dataKey: `k2:${key(2)} k1:${key(1)}` })
      expect(next.decrypt('t', 'c', 'r', sealed)).to.equal(PLAIN)
      expect(next.encrypt('t', 'c', 'r', PLAIN)).to.match(new RegExp(`^${version}:k2:`))
      expect(() => provider({ cipher, dataKey: key(2) }).decrypt('t', 'c', 'r', sealed)).to.throw().with.property('code', 'CIPHERTEXT_INVALID')
    })
  })
}

describe('server/crypto/crypto-provider', () => {
  it('reads the other cipher\'s texts, so that a site can change over', function () {
    if (!isSm4Available()) this.skip()
    const sealed = provider().encrypt('t', 'c', 'r', PLAIN)
    expect(provider({ cipher: 'sm4' }).decrypt('t', 'c', 'r', sealed)).to.equal(PLAIN)
  })

  it('hashes equal values alike, and by kind and key apart', () => {
    const crypto = provider()
    expect(crypto.keyedHash('idNumber', ' 11010519491231002x ')).to.equal(crypto.keyedHash('idNumber', '１１０１０５19491231002X'))
    expect(crypto.keyedHash('person', 'resident-id:1x')).to.equal(crypto.keyedHash('person', 'RESIDENT-ID:1X'))
    expect(crypto.keyedHash('mobile', '13812345678')).to.not.equal(crypto.keyedHash('name', '13812345678'))
    expect(crypto.keyedHash('name', '张三')).to.not.equal(provider({ hashKey: 'other' }).keyedHash('name', '张三'))
    expect(crypto.keyedHash('name', '张三')).to.match(/^[\w-]{43}$/)
  })

  it('keeps the case of what is not an ID number', () => {
    expect(normalise('account', ' citizen-gx-1 ')).to.equal('citizen-gx-1')
    expect(normalise('idNumber', '1x')).to.equal('1X')
  })

  it('refuses a key of the wrong length and a name that would break the format', () => {
    expect(() => provider({ dataKey: 'c2hvcnQ=' })).to.throw().with.property('code', 'CONFIG_INVALID')
    expect(() => provider({ dataKey: `a:b:${key(1)}` })).to.throw().with.property('code', 'CONFIG_INVALID')
  })
})
