import { createHmac, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { createSessionStore } from '../../server/auth/session.ts'
import type { Actor } from '../../server/auth/actor.ts'
import { createLog } from '../../core/log.ts'

export interface SessionOptions {
  readonly db: Knex
  readonly sessionSecret: string
  /** When the login is said to have happened, real ms. */
  readonly startedAt?: number
  /** Further members of the session. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** Puts a session for somebody into the store that the server uses and gives the Cookie header that opens it. */
export async function sessionCookie(
  actor: Actor | null, { db, sessionSecret, startedAt = Date.now(), data = {} }: SessionOptions
): Promise<string> {
  const store = createSessionStore(db, createLog({ level: 'silent' }))
  const sid = randomBytes(18).toString('base64url')
  const cookie = { originalMaxAge: 3_600_000, maxAge: 3_600_000, httpOnly: true, path: '/' }
  await new Promise<void>((resolve, reject) => {
    // The store reads nothing of the cookie but its age.
    store.set(sid, { cookie, ...(actor ? { actor, startedAt } : {}), ...data } as never, error => (error ? reject(error as Error) : resolve()))
  })
  const signature = createHmac('sha256', sessionSecret).update(sid).digest('base64').replace(/=+$/, '')
  return `fw_sid=${encodeURIComponent(`s:${sid}.${signature}`)}`
}
