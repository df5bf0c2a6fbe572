import { expect } from 'chai'
import express from 'express'
import { createLocalJWKSet, errors, exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWTVerifyGetKey } from 'jose'
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

  const appWith = (keys?: JWTVerifyGetKey, identity = config.departmentUrls.identity): express.Express => {
    const made = express()
    const settings = { ...config, departmentUrls: { identity } }
    made.use(traceRequests(createLog({ level: 'silent' })), acceptPlatformTokens(settings as never, crypto, createRegionCatalogue(), keys))
    made.get('/', (req, res) => { res.json(findActor(req)) })
    made.use(sendProblem)
    return made
  }

  before(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const keys = createLocalJWKSet({ keys: [{ ...await exportJWK(publicKey), alg: 'RS256', kid: 'k' }] })
    sign = (claims, { audience = config.publicUrl, issuer = config.departmentUrls.identity, expires = '5m', subject = 'yijianshi-platform-guangxi' } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).setSubject(subject).setAudience(audience).setIssuer(issuer)
        .setIssuedAt().setExpirationTime(expires).sign(privateKey)
    app = appWith(keys)
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

  it('asks a platform to come again while the keys cannot be had', async () => {
    const token = await sign({ roles: ['platform'] })
    const cannot = (error: Error) => appWith(() => Promise.reject(error))
    // Nobody listens there: the keys are asked for as they are outside of tests.
    const away = appWith(undefined, 'http://127.0.0.1:9')
    for (const without of [away, cannot(new errors.JWKSTimeout()), cannot(new errors.JOSEError('Expected 200 OK')), cannot(new errors.JWKSInvalid())]) {
      const { status, body, headers } = await request(without).get('/').set('authorization', `Bearer ${token}`)
      expect([status, body.code, headers['retry-after']]).to.deep.equal([503, 'SERVICE_UNAVAILABLE', '5'])
    }
    expect((await request(cannot(new errors.JWKSNoMatchingKey())).get('/').set('authorization', `Bearer ${token}`)).status).to.equal(401)
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
