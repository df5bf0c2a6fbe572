import { expect } from 'chai'
import * as jose from 'jose'
import * as oidc from 'openid-client'
import { login } from '../../../scripts/login.ts'
import { platformClientId, platformClientSecret } from '../../../departments/common/platform-client.ts'
import { readPeople } from '../../../departments/people/index.ts'
import { OIDC_SECRET, PASSWORD } from '../support.ts'
import { startRelyingParty } from './relying-party.ts'
import type { RelyingParty } from './relying-party.ts'
import { until } from '../../support/until.ts'

describe('a login at the identity server', () => {
  let party: RelyingParty
  const claimsOf = async (account: string) => {
    const cookie = await login(account, { baseUrl: party.publicUrl, password: PASSWORD })
    return party.sessions.get(cookie.replace('fw_sid=', ''))!
  }

  before(async () => { party = await startRelyingParty() })
  after(() => party.stop())

  it('brings a citizen with all that the form is filled from, in ID token and userinfo alike', async () => {
    const { person } = readPeople().byAccount('citizen-gx-3')!
    const { claims, userinfo } = await claimsOf('citizen-gx-3')
    const expected = {
      sub: 'citizen-gx-3', name: '覃䶮', roles: ['citizen'], region: 'guangxi', department: null, division: null, person
    }
    expect(claims).to.deep.include(expected)
    expect(userinfo).to.deep.include(expected)
  })

  it('brings staff with role, department and division', async () => {
    const { claims } = await claimsOf('hrss-gx2')
    expect(claims).to.deep.include({ roles: ['clerk'], region: 'guangxi', department: 'hrss', division: '450200', person: null })
  })

  it('is possible for forty at once', async () => {
    const accounts = Array.from({ length: 40 }, (_, index) => `citizen-gx-${index % 9 + 1}`)
    const found = await Promise.all(accounts.map(claimsOf))
    expect(found.map(({ claims }) => (claims as { sub: string }).sub)).to.deep.equal(accounts)
  })

  it('is refused to a wrong password and to an account that does not exist, in the same words', async () => {
    for (const account of ['citizen-gx-1', 'nobody']) {
      const failed = await login(account, { baseUrl: party.publicUrl, password: 'wrong' }).then(() => undefined, (error: Error) => error.message)
      expect(failed).to.match(/返回 401）：账号或密码不正确$/)
    }
  })

  it('says where to start it when nothing answers', async () => {
    const failed = await login('citizen-gx-1', { baseUrl: 'http://127.0.0.1:9', password: PASSWORD }).catch((error: Error) => error.message)
    expect(failed).to.include('无法访问 http://127.0.0.1:9')
  })

  it('needs PKCE', async () => {
    const url = oidc.buildAuthorizationUrl(party.configuration, {
      redirect_uri: `${party.publicUrl}/api/v1/auth/callback`, scope: 'openid', state: 'x'
    })
    const response = await fetch(url, { redirect: 'manual' })
    expect(response.headers.get('location')).to.include('error=invalid_request').and.include('PKCE')
  })

  it('leads to no other address than the registered one', async () => {
    const url = oidc.buildAuthorizationUrl(party.configuration, {
      redirect_uri: 'http://evil.example/callback', scope: 'openid', state: 'x', code_challenge: 'y'.repeat(43), code_challenge_method: 'S256'
    })
    const response = await fetch(url, { redirect: 'manual' })
    expect(response.status).to.equal(400)
    expect(await response.text()).to.include('登录没有完成').and.include('invalid_redirect_uri')
  })

  it('keeps its signing key over a restart', async () => {
    const keys = async () => (await fetch(`${party.identityUrl}/jwks`)).json() as Promise<unknown>
    const before = await keys()
    const port = Number(new URL(party.identityUrl).port)
    await party.departments.restart({ ports: { identity: port } }).then(again => Object.assign(party.departments, again))
    // The client's old connections are closed by now, which it may learn from its next request only.
    expect(await until('the keys', keys)).to.deep.equal(before)
  })
})

describe('the token of a platform', () => {
  let party: RelyingParty
  const grant = async (region: string, secret: string, parameters: Record<string, string> = { scope: 'platform' }) => {
    const configuration = await oidc.discovery(new URL(party.identityUrl), platformClientId(region), secret, undefined, {
      execute: [oidc.allowInsecureRequests]
    })
    return oidc.clientCredentialsGrant(configuration, parameters)
  }

  before(async () => { party = await startRelyingParty() })
  after(() => party.stop())

  it('is a JWT for our address that names the region', async () => {
    const { access_token: token } = await grant('ningxia', platformClientSecret(OIDC_SECRET, 'ningxia'))
    const keys = jose.createRemoteJWKSet(new URL(`${party.identityUrl}/jwks`))
    const { payload } = await jose.jwtVerify(token, keys, { issuer: party.identityUrl, audience: party.publicUrl })
    expect(payload).to.deep.include({ sub: 'yijianshi-platform-ningxia', region: 'ningxia', roles: ['platform'], scope: 'platform' })
    expect(payload.exp! - payload.iat!).to.equal(600)
  })

  it('is not given for a wrong secret, nor for another address', async () => {
    const right = platformClientSecret(OIDC_SECRET, 'guangxi')
    const codeOf = (promise: Promise<unknown>) => promise.then(() => 'granted', (error: { error?: string }) => error.error)
    expect(await codeOf(grant('guangxi', platformClientSecret(OIDC_SECRET, 'ningxia')))).to.equal('invalid_client')
    expect(await codeOf(grant('guangxi', right, { scope: 'platform', resource: 'http://other.example' }))).to.equal('invalid_target')
  })
})
