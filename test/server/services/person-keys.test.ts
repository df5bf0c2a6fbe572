import { expect } from 'chai'
import { createCryptoProvider } from '../../../server/crypto/crypto-provider.ts'
import { identityProblems } from '../../../server/services/forms/own-identity.ts'
import { personKey, searchKeys } from '../../../server/services/person-keys.ts'

const crypto = createCryptoProvider({ dataKey: Buffer.alloc(32, 1).toString('base64'), hashKey: 'test-hash-key' })
const key = (idType: string, idNumber: string) => personKey(crypto, { idType, idNumber })

describe('services/person-keys', () => {
  it('knows a person by any document that carries the same number', () => {
    expect(key('household-book', '11010519491231002x')).to.equal(key('resident-id', '11010519491231002X'))
    expect(key('passport', '11010519491231002X')).not.to.equal(key('resident-id', '11010519491231002X'))
    expect([personKey(crypto, undefined), personKey(crypto, { idType: 'resident-id' })]).to.deep.equal([null, null])
  })

  it('makes keys for name, mobile and its last four, null for what is missing', () => {
    const { name_key, mobile_key, mobile_last4_key } = searchKeys(crypto, { name: '韦某', mobile: '13900001234' })
    expect(new Set([name_key, mobile_key, mobile_last4_key]).size).to.equal(3)
    expect(searchKeys(crypto, { mobile: '18800001234' }).mobile_last4_key).to.equal(mobile_last4_key)
    expect(searchKeys(crypto, {})).to.deep.equal({ name_key: null, mobile_key: null, mobile_last4_key: null })
  })
})

describe('services/own-identity', () => {
  const own = { personKey: key('resident-id', '11010519491231002X') }
  const content = (idNumber: string, agent: Record<string, unknown> | null = null) =>
    ({ common: { person: { idType: 'resident-id', idNumber } }, items: {}, agent })

  it('wants the person logged in to be the applicant or the agent, online', () => {
    const other = '110105194912310054'
    expect(identityProblems(crypto, own, 'online', content('11010519491231002X'))).to.deep.equal([])
    expect(identityProblems(crypto, own, 'online', content(other)).map(({ code }) => code)).to.deep.equal(['NOT_YOURSELF'])
    expect(identityProblems(crypto, own, 'online', content(other, { idNumber: '11010519491231002X' }))).to.deep.equal([])
    expect(identityProblems(crypto, own, 'online', content(other, { idNumber: other }))).to.have.length(1)
    expect(identityProblems(crypto, own, 'window', content(other))).to.deep.equal([])
    expect(identityProblems(crypto, { personKey: null }, 'online', content(other))).to.deep.equal([])
  })
})
