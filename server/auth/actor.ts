import type { Request } from 'express'
import { AppError } from '../../core/errors.ts'

export const roles = [
  'citizen', 'platform', 'window', 'clerk', 'designer', 'supervisor', 'auditor', 'admin'
] as const

export type Role = (typeof roles)[number]

/** Who asks. Made from the session or a platform's token before any route runs; holds no personal data. */
export interface Actor {
  /** Keyed hash of the account: the owner of applications and of idempotency keys. */
  readonly key: string
  /** Name of a staff account or client; null for a citizen, whose account name is personal. */
  readonly account: string | null
  readonly roles: readonly Role[]
  readonly region: string | null
  /** Slug of the department a clerk works for. */
  readonly department: string | null
  /** Six or more digits: what the person answers for. Null = the whole region. */
  readonly division: string | null
  /** Keyed hash of the citizen's own identity document. */
  readonly personKey: string | null
}

/** Sets who asks; used by the middleware that opens sessions and tokens. */
export function setActor(req: Request, actor: Actor | null): void {
  actors.set(req, actor)
}

/** Notes that who asks was logged in until the account was used elsewhere. */
export function setReplaced(req: Request): void {
  replaced.add(req)
}

/** The refusal of whoever is not logged in: it says so when a login elsewhere was the reason. */
export function notLoggedIn(req: Request): AppError {
  return new AppError(replaced.has(req) ? 'SESSION_REPLACED' : 'UNAUTHENTICATED')
}

/** Who asks, or null for an anonymous request. */
export function findActor(req: Request): Actor | null {
  return actors.get(req) ?? null
}

/** Who asks. Throws AppError UNAUTHENTICATED, SESSION_REPLACED (401). */
export function actorOf(req: Request): Actor {
  const actor = findActor(req)
  if (!actor) throw notLoggedIn(req)
  return actor
}

export function hasRole(actor: Actor, ...wanted: readonly Role[]): boolean {
  return wanted.some(role => actor.roles.includes(role))
}

export type AuditRole = 'applicant' | 'window' | 'clerk' | 'supervisor'

/** The side of the counter on which an actor stands; the timeline shows it. */
export function auditRole(actor: Actor): AuditRole {
  if (hasRole(actor, 'citizen', 'platform')) return 'applicant'
  if (hasRole(actor, 'supervisor', 'auditor')) return 'supervisor'
  return hasRole(actor, 'window') ? 'window' : 'clerk'
}

/** How the audit trail names this actor. */
export function auditActor(actor: Actor): { role: AuditRole; id: string } {
  return { role: auditRole(actor), id: idOf(actor) }
}

/** Name of a staff account; the keyed hash of a citizen's. */
export function idOf({ account, key }: Actor): string {
  return account ?? key
}

const actors = new WeakMap<Request, Actor | null>()
const replaced = new WeakSet<Request>()
