import { ConnectSessionKnexStore } from 'connect-session-knex'
import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { SessionData, Store } from 'express-session'
import type { Knex } from 'knex'
import type { Config } from '../../core/config.ts'
import type { Log } from '../../core/log.ts'
import { setActor, setReplaced } from './actor.ts'
import type { Actor } from './actor.ts'

declare module 'express-session' {
  interface SessionData {
    actor: Actor
    /** Ended because the same account logged in elsewhere too often. */
    isReplaced: boolean
    /** Real time, ms, at which the login happened. */
    startedAt: number
    pendingLogin: PendingLogin
  }
}

/** What has to come back unchanged from the identity server. */
export interface PendingLogin {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly returnTo: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A session ends after so long without a request, and after ABSOLUTE in any case. */
const IDLE = 2 * HOUR
const ABSOLUTE = 12 * HOUR
const REMEMBERED = 10_000

type Callback = (error?: unknown) => void

/**
 * The library's store with three things mended: its promises reject beside the callback (an unhandled rejection would end the
 * process on every failing query), `touch` never calls back on failure, and it writes on each request.
 */
class SessionStore extends ConnectSessionKnexStore {
  private readonly touched = new Map<string, number>()

  override async get(sid: string, callback: (error: unknown, session?: SessionData | null) => void): Promise<SessionData | null> {
    return await super.get(sid, callback).catch(() => null)
  }

  override async set(sid: string, data: SessionData, callback?: Callback): Promise<void> {
    this.remember(sid)
    await super.set(sid, data, callback).catch(() => undefined)
  }

  override async destroy(sid: string, callback?: Callback): Promise<number> {
    this.touched.delete(sid)
    return await super.destroy(sid, callback).catch(() => 0)
  }

  override async touch(sid: string, data: SessionData, callback?: Callback): Promise<void> {
    if (Date.now() - (this.touched.get(sid) ?? 0) < MINUTE) return callback?.()
    this.remember(sid)
    await super.touch(sid, data).then(() => callback?.(), callback)
  }

  private remember(sid: string): void {
    this.touched.delete(sid)
    if (this.touched.size >= REMEMBERED) this.touched.delete(this.touched.keys().next().value ?? '')
    this.touched.set(sid, Date.now())
  }
}

/** Sessions in table `sessions` of the server's database. */
export function createSessionStore(db: Knex, log: Log): Store {
  return new SessionStore({
    knex: db,
    tableName: 'sessions',
    cleanupInterval: 10 * MINUTE,
    onDbCleanupError: error => log.warn({ err: error }, 'session clean-up failed')
  })
}

/** Name of the session cookie: bound to host and https where there is https. */
export function sessionCookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-fw_sid' : 'fw_sid'
}

/** Opens the session of each request and sets who asks. */
export function openSessions({ publicUrl, sessionSecret }: Pick<Config, 'publicUrl' | 'sessionSecret'>, store: Store): RequestHandler[] {
  const open = session({
    store,
    secret: sessionSecret,
    name: sessionCookieName(publicUrl),
    resave: false,
    rolling: true,
    saveUninitialized: false,
    proxy: isSecure(publicUrl),
    cookie: { httpOnly: true, sameSite: 'lax', secure: isSecure(publicUrl), path: '/', maxAge: IDLE }
  })
  return [open, actorFromSession]
}

const actorFromSession: RequestHandler = (req, _res, next) => {
  const { actor, startedAt = 0, isReplaced } = req.session
  if (isReplaced) setReplaced(req)
  if (!actor) return next()
  if (Date.now() - startedAt < ABSOLUTE) {
    setActor(req, actor)
    return next()
  }
  req.session.destroy(() => next())
}

/** Starts a new session for somebody who has just logged in: the id is a new one, so none can be planted. */
export async function startSession(req: Request, actor: Actor): Promise<void> {
  await new Promise<void>((resolve, reject) => req.session.regenerate(error => error ? reject(error) : resolve()))
  req.session.actor = actor
  req.session.startedAt = Date.now()
  await new Promise<void>((resolve, reject) => req.session.save(error => error ? reject(error) : resolve()))
}

/** Whether the session under which a request came still holds; asked again by what stays open for long. */
export async function isSessionAlive(req: Request): Promise<boolean> {
  const stored = await new Promise<SessionData | null | undefined>((resolve, reject) =>
    req.sessionStore.get(req.sessionID, (error, session) => error ? reject(error as Error) : resolve(session)))
  return stored?.actor !== undefined && Date.now() - (stored.startedAt ?? 0) < ABSOLUTE
}

/** Ends the session, if there is one. */
export async function endSession(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => req.session.destroy(error => error ? reject(error) : resolve()))
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:')
}
