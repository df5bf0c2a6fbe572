import { request } from 'node:http'
import { expect } from 'chai'
import { AppError } from '../../../core/errors.ts'
import type { Identity } from '../../../server/auth/oidc.ts'
import { entryPath, localPath } from '../../../server/routes/auth.ts'
import { sessionCookie } from '../../support/session.ts'
import { people, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

const issuer = 'http://127.0.0.1:3025'
const citizen = { sub: 'e2e-1', name: people[0]!.name, roles: ['citizen'], region: 'guangxi', person: people[0]!.person }

describe('routes/auth', () => {
  let server: PublicServer
  let claims: Record<string, unknown> = citizen
  let isDown = false
  let begun: { returnTo: string; loginHint: string | undefined } | undefined

  const identity: Identity = {
    begin: async (returnTo, loginHint) => {
      begun = { returnTo, loginHint }
      if (isDown) throw new AppError('SERVICE_UNAVAILABLE', { detail: '统一身份认证暂时无法访问，请稍后再登录。' })
      return { url: 'http://identity.invalid/auth', pending: { state: 'the-state', nonce: 'n', verifier: 'v', returnTo } }
    },
    finish: () => Promise.resolve(claims),
    endSessionUrl: () => Promise.resolve('http://identity.invalid/end'),
    isReady: () => Promise.resolve(!isDown)
  }

  before(async () => { server = await startPublicServer({ identity, env: { READY_REQUIRES: 'database,identity', IDENTITY_URL: issuer } }) })
  after(() => server.stop())

  const get = (path: string, cookie = '', more: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { redirect: 'manual', headers: { ...(cookie ? { cookie } : {}), ...more } })
  const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  it('sends a login under another name of this machine to the public address', async () => {
    expect((await get('/api/v1/auth/login?returnTo=%2Fx')).headers.get('location')).to.equal('http://localhost:3000/api/v1/auth/login?returnTo=%2Fx')
  })

  describe('a login that begins on a platform', () => {
    const initiate = (query: Record<string, string>) => get(`/api/v1/auth/initiate?${new URLSearchParams(query).toString()}`)

    it('goes through the identity server into the matter that was chosen', async () => {
      const target = 'http://localhost:3000/apply/regions/guangxi/start?matters=flexible-pension'
      const response = await initiate({ iss: issuer, target_link_uri: target, login_hint: 'session-7f3a' })
      expect([response.status, response.headers.get('location')]).to.deep.equal([302, 'http://identity.invalid/auth'])
      expect(begun).to.deep.equal({ returnTo: '/apply/regions/guangxi/start?matters=flexible-pension', loginHint: 'session-7f3a' })
    })

    it('is begun for no other identity server, and leads to no other site', async () => {
      begun = undefined
      const foreign = await initiate({ iss: 'https://evil.example', target_link_uri: 'http://localhost:3000/apply' })
      expect([foreign.status, (await foreign.json() as { code: string }).code]).to.deep.equal([401, 'LOGIN_FAILED'])
      expect(begun).to.equal(undefined)
      await initiate({ iss: issuer, target_link_uri: 'https://evil.example/apply' })
      expect(begun).to.deep.equal({ returnTo: '/apply', loginHint: undefined })
    })

    it('passes on no number of a person', async () => {
      for (const hint of ['450103199008160244', '13877101001', 'a b', '<script>']) {
        await initiate({ iss: issuer, login_hint: hint })
        expect(begun?.loginHint, hint).to.equal(undefined)
      }
    })
  })

  it('lets a platform lead into the applicants\' pages alone', () => {
    const site = 'https://one.example'
    expect(entryPath(site, `${site}/apply/regions/guangxi/start?matters=a,b`)).to.equal('/apply/regions/guangxi/start?matters=a,b')
    expect(entryPath(site, `${site}/apply`)).to.equal('/apply')
    for (const target of [
      undefined, 7, '', 'nonsense', '/apply', `${site}/desk`, `${site}/api/v1/auth/logout`, `${site}/apply/../desk`, `${site}/apply/..%2f..//evil.example`,
      'https://evil.example/apply', 'https://one.example.evil.example/apply', 'https://one.example@evil.example/apply', 'https://u:p@one.example/apply',
      'http://one.example/apply', '//evil.example/apply', 'javascript:alert(1)', `${site}/applyx`, 'https:\\\\evil.example/apply'
    ]) expect(entryPath(site, target), String(target)).to.match(/^\/apply(\/\.\.%2f|$)/)
  })

  it('starts a new session at login and tells who is logged in, the name masked', async () => {
    const before = await sessionCookie(staff('citizen', 'x'), { db: server.ctx.db, sessionSecret: server.ctx.config.sessionSecret })
    const pending = await pendingLogin(server, '/cases?id=1')
    const response = await get('/api/v1/auth/callback?code=c&state=the-state', pending)
    expect([response.status, response.headers.get('location')]).to.deep.equal([302, '/cases?id=1'])
    const cookie = cookieOf(response)
    expect(response.headers.getSetCookie()[0]).to.match(/^fw_sid=.*HttpOnly; SameSite=Lax/)
    expect([pending, before]).not.to.include(cookie)
    const me = await (await get('/api/v1/me', cookie)).json() as Record<string, unknown>
    expect(me).to.deep.include({ account: 'e2e-1', roles: ['citizen'], region: 'guangxi', department: null })
    expect(me.name).to.match(/^韦\*/)
    expect((await get('/api/v1/me', pending)).status).to.equal(401)
  })

  it('keeps nothing personal in the session, and the profile encrypted', async () => {
    const sessions = JSON.stringify(await server.ctx.db('sessions')) + JSON.stringify(await server.ctx.db('person_account'))
    for (const text of [people[0]!.name, String(people[0]!.person.idNumber), String(people[0]!.person.mobile)]) expect(sessions).not.to.contain(text)
  })

  it('refuses a call-back without a login that was begun, with another state, or for an account without a role', async () => {
    for (const cookie of ['', await pendingLogin(server, '/')]) {
      const response = await get('/api/v1/auth/callback?code=c&state=another', cookie)
      expect([response.status, (await response.json() as { code: string }).code]).to.deep.equal([401, 'LOGIN_FAILED'])
    }
    claims = { sub: 'nobody', roles: ['platform', 'root'] }
    expect((await get('/api/v1/auth/callback?code=c&state=the-state', await pendingLogin(server, '/'))).status).to.equal(401)
    claims = citizen
  })

  it('ends the session at logout, by link and by POST', async () => {
    const cookie = await sessionCookie(staff('clerk'), { db: server.ctx.db, sessionSecret: server.ctx.config.sessionSecret })
    expect((await get('/api/v1/me', cookie)).status).to.equal(200)
    const response = await get('/api/v1/auth/logout', cookie)
    expect([response.status, response.headers.get('location')]).to.deep.equal([302, 'http://identity.invalid/end'])
    expect((await get('/api/v1/me', cookie)).status).to.equal(401)
    const other = await sessionCookie(staff('clerk'), { db: server.ctx.db, sessionSecret: server.ctx.config.sessionSecret })
    expect((await fetch(`${server.url}/api/v1/auth/logout`, { method: 'POST', headers: { cookie: other } })).status).to.equal(204)
    expect((await get('/api/v1/me', other)).status).to.equal(401)
  })

  it('ends a session twelve hours after the login, however busy it was', async () => {
    const { db, config } = server.ctx
    const cookie = await sessionCookie(staff('clerk'), { db, sessionSecret: config.sessionSecret, startedAt: Date.now() - 12 * 3_600_000 - 1 })
    expect((await get('/api/v1/me', cookie)).status).to.equal(401)
    const forged = `${cookie.slice(0, -3)}abc`
    expect((await get('/api/v1/me', forged)).status).to.equal(401)
  })

  it('says in Chinese that the identity server is down, and goes on serving', async () => {
    isDown = true
    const response = await underPublicName(server)
    expect(response.status).to.equal(503)
    expect(response.text).to.contain('统一身份认证暂时无法访问')
    const ready = await get('/readyz')
    expect([ready.status, await ready.json()]).to.deep.equal([503, { status: 'starting', waitingFor: ['identity'] }])
    expect((await get('/healthz')).status).to.equal(200)
    isDown = false
    expect((await get('/readyz')).status).to.equal(200)
  })

  it('returns only to paths of this site', () => {
    for (const path of ['/', '/a/b?c=d#e', '/查询']) expect(localPath(path)).to.equal(encodeURI(path))
    for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a\nb', '/a\\b', '', 7, undefined]) {
      expect(localPath(path), String(path)).to.equal('/')
    }
  })
})

/** A session in which a login was begun. */
async function pendingLogin({ ctx }: PublicServer, returnTo: string): Promise<string> {
  return sessionCookie(null, {
    db: ctx.db, sessionSecret: ctx.config.sessionSecret, data: { pendingLogin: { state: 'the-state', nonce: 'n', verifier: 'v', returnTo } }
  })
}

/** Asks for the login page under the public host, which fetch would not let us say. */
function underPublicName({ url, ctx }: PublicServer): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url)
  const headers = { host: new URL(ctx.config.publicUrl).host }
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: '/api/v1/auth/login', headers }, response => {
      let text = ''
      response.on('data', chunk => { text += String(chunk) })
      response.on('end', () => resolve({ status: response.statusCode!, text }))
    }).on('error', reject).end()
  })
}
