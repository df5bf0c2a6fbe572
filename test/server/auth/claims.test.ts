import { expect } from 'chai'
import { readClaims } from '../../../server/auth/claims.ts'
import { createCryptoProvider } from '../../../server/crypto/crypto-provider.ts'

const crypto = createCryptoProvider({ dataKey: Buffer.alloc(32, 1).toString('base64'), hashKey: 'test-hash-key' })

describe('auth/claims', () => {
  it('keeps a citizen\'s account and person out of the actor', () => {
    const person = { name: '韦某', idType: 'resident-id', idNumber: '11010519491231002X' }
    const { actor, profile } = readClaims(crypto, { sub: 'citizen-gx-1', name: '韦某', roles: ['citizen'], region: 'guangxi', person })
    expect(actor).to.include({ account: null, region: 'guangxi', department: null })
    expect(actor.personKey).to.be.a('string')
    expect(JSON.stringify(actor)).not.to.match(/citizen-gx-1|韦某|11010519491231002X/)
    expect(profile).to.deep.equal({ account: 'citizen-gx-1', name: '韦某', person })
  })

  it('takes over staff as they are, unknown roles and the platform\'s left out', () => {
    const { actor } = readClaims(crypto, {
      sub: 'hrss-gx', roles: ['clerk', 'root', 'platform', 7], region: 'guangxi', department: 'hrss', division: '450103', person: null
    })
    expect(actor).to.deep.include({ account: 'hrss-gx', roles: ['clerk'], department: 'hrss', division: '450103', personKey: null })
  })

  it('makes nobody of claims without roles', () => {
    expect(readClaims(crypto, { sub: 'x', roles: 'admin' }).actor.roles).to.deep.equal([])
  })
})
