import { expect } from 'chai'
import express from 'express'
import { exportJWK, generateKeyPair, SignJWT, createLocalJWKSet } from 'jose'
import request from 'supertest'
import { createLog } from '../../../core/log.ts'
import { findActor } from '../../../server/auth/actor.ts'
import { acceptPlatformTokens } from '../../../server/auth/platform-token.ts'
import { createCryptoProvider } from '../../../server/crypto/crypto-provider.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { traceRequests } from '../../../server/http/trace.ts'
import { sendProblem } from '../../../server/problem.ts'

const crypto = createCryptoProvider({ dataKey: Buffer.alloc(32, 1).toString('base64'), hashKey: 'test-hash-key' })
const config = { publicUrl: 'https://one.example', departmentUrls: { identity: 'https://identity.example' } }

describe('auth/platform-token', () => {
  let app: express.Express
  let sign: (claims: Record<string, unknown>, options?: { audience?: string; issuer?: string; expires?: string; subject?: string }) => Promise<string>

  before(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const keys = createLocalJWKSet({ keys: [{ ...await exportJWK(publicKey), alg: 'RS256', kid: 'k' }] })
    sign = (claims, { audience = config.publicUrl, issuer = config.departmentUrls.identity, expires = '5m', subject = 'yijianshi-platform-guangxi' } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).setSubject(subject).setAudience(audience).setIssuer(issuer)
        .setIssuedAt().setExpirationTime(expires).sign(privateKey)
    app = express()
    app.use(traceRequests(createLog({ level: 'silent' })), acceptPlatformTokens(config as never, crypto, createRegionCatalogue(), keys))
    app.get('/', (req, res) => { res.json(findActor(req)) })
    app.use(sendProblem)
  })

  const ask = (authorization?: string) => authorization ? request(app).get('/').set('authorization', authorization) : request(app).get('/')

  it('makes an actor of a valid token, by role or by scope', async () => {
    for (const claims of [{ roles: ['platform'], region: 'ningxia' }, { scope: 'x platform' }]) {
      const { body } = await ask(`Bearer ${await sign(claims)}`).expect(200)
      expect(body).to.deep.include({ account: 'yijianshi-platform-guangxi', roles: ['platform'], region: 'guangxi', department: null })
    }
  })

  it('leaves requests without the header alone', async () => {
    expect((await ask().expect(200)).body).to.equal(null)
  })

  it('refuses every other token', async () => {
    const good = { roles: ['platform'] }
    const tokens = [
      await sign(good, { audience: 'https://other.example' }), await sign(good, { issuer: 'https://evil.example' }),
      await sign(good, { expires: '-1m' }), await sign(good, { subject: 'a-client-of-no-region' }), await sign({ roles: ['admin'] }), `${await sign(good)}x`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`, 'nonsense'
    ]
    for (const token of tokens) expect((await ask(`Bearer ${token}`)).status).to.equal(401)
    expect((await ask('Basic abc')).status).to.equal(401)
  })
})
