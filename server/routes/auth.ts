import { Router } from 'express'
import type { Request } from 'express'
import { AppError } from '../../core/errors.ts'
import { maskName } from '../../core/masking.ts'
import { redact } from '../../core/redaction.ts'
import { actorOf, hasRole } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import { readClaims } from '../auth/claims.ts'
import type { Identity } from '../auth/oidc.ts'
import { endOldSessions } from '../auth/session-limit.ts'
import { endSession, startSession } from '../auth/session.ts'
import type { ServerContext } from '../context.ts'
import { findProfile, saveProfile } from '../db/people.ts'
import { saveStaff } from '../db/staff.ts'
import { traceOf } from '../http/trace.ts'

/** Login by the identity server, logout, and who is logged in. */
export function authRoutes(ctx: ServerContext, identity: Identity): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/auth/login', async (req, res) => {
    // The identity server sends people back to the public address: the cookie has to be set there.
    if (req.headers.host !== new URL(ctx.config.publicUrl).host) return res.redirect(302, ctx.config.publicUrl + req.originalUrl)
    res.redirect(302, await beginLogin(identity, req, localPath(req.query.returnTo)))
  })

  // A login that begins on a platform: always by the identity server, whoever is logged in here already.
  router.get('/auth/initiate', async (req, res) => {
    if (withoutSlash(req.query.iss) !== ctx.config.departmentUrls.identity) {
      throw new AppError('LOGIN_FAILED', { detail: '登录请求不是从本省统一身份认证发起的，请从政务服务平台重新进入。' })
    }
    const target = entryPath(ctx.config.publicUrl, req.query.target_link_uri)
    res.redirect(302, await beginLogin(identity, req, target, harmlessHint(req.query.login_hint)))
  })

  router.get('/auth/callback', async (req, res) => {
    const pending = req.session.pendingLogin
    if (!pending || req.query.state !== pending.state) throw new AppError('LOGIN_FAILED', { detail: '登录已超时，请重新登录。' })
    const claims = await identity.finish(new URL(req.originalUrl, ctx.config.publicUrl), pending)
    const { actor, profile } = readClaims(ctx.crypto, claims)
    if (actor.roles.length === 0) throw new AppError('LOGIN_FAILED', { detail: '该账号没有使用本系统的权限，请联系管理员。' })
    await saveProfile(ctx, actor.key, profile, ctx.clock.now())
    await rememberStaff(ctx, actor)
    await startSession(req, actor)
    if (actor.account !== null) await endOldSessions(ctx.db, actor.key, ctx.config.staffSessions)
    traceOf(req).log.info({ roles: actor.roles, region: actor.region, account: actor.account }, 'logged in')
    res.redirect(302, pending.returnTo)
  })

  router.get('/auth/logout', async (req, res) => {
    // A link on another site must not log anybody out.
    if (isForeignNavigation(req)) throw new AppError('CROSS_SITE_REQUEST')
    await endSession(req)
    res.redirect(302, await identity.endSessionUrl() ?? '/')
  })

  router.post('/auth/logout', async (req, res) => {
    await endSession(req)
    res.status(204).end()
  })

  router.get('/me', async (req, res) => {
    const actor = actorOf(req)
    const profile = await findProfile(ctx, actor.key)
    const name = profile?.name ?? null
    res.json({
      account: profile?.account ?? actor.account,
      name: name !== null && hasRole(actor, 'citizen') ? maskName(name) : name,
      roles: actor.roles,
      region: actor.region,
      department: actor.department,
      division: actor.division
    })
  })

  return router
}

/** Keeps what has to come back in the session; answers where the identity server wants the browser. */
async function beginLogin(identity: Identity, req: Request, returnTo: string, loginHint?: string): Promise<string> {
  const { url, pending } = await identity.begin(returnTo, loginHint)
  req.session.pendingLogin = pending
  await new Promise<void>((resolve, reject) => req.session.save(error => error ? reject(error) : resolve()))
  return url
}

/** Colleagues are offered to one another when a task is handed over. */
async function rememberStaff({ db, clock }: ServerContext, actor: Actor): Promise<void> {
  const { account, region, roles, department, division } = actor
  if (account === null || region === null) return
  await saveStaff(db, { account, region, roles, department, division }, clock.now())
}

/** A path of this site; anything else (another host, `//host`, a backslash) becomes the home page. */
export function localPath(value: unknown): string {
  if (typeof value !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(value)) return '/'
  const url = new URL(value, 'http://here.invalid')
  return url.host === 'here.invalid' ? url.pathname + url.search + url.hash : '/'
}

const ENTRY = '/apply'

/** Where a platform may send people: into the applicants' pages of this site; anything else becomes their first page. */
export function entryPath(publicUrl: string, target: unknown): string {
  const url = typeof target === 'string' && URL.canParse(target) ? new URL(target) : null
  if (url?.origin !== new URL(publicUrl).origin || url.username !== '' || url.password !== '') return ENTRY
  const path = localPath(url.pathname + url.search)
  return path === ENTRY || path.startsWith(`${ENTRY}/`) ? path : ENTRY
}

/** What the platform calls the person, to pass on; a number of a document or a telephone does not belong into an address. */
function harmlessHint(hint: unknown): string | undefined {
  return typeof hint === 'string' && /^[\w.@-]{1,100}$/.test(hint) && redact(hint) === hint ? hint : undefined
}

function withoutSlash(issuer: unknown): string {
  return typeof issuer === 'string' ? issuer.replace(/\/+$/, '') : ''
}

function isForeignNavigation(req: Request): boolean {
  return req.headers['sec-fetch-site'] === 'cross-site'
}
