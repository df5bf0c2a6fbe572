import type { Request, RequestHandler } from 'express'
import { AppError } from '../../core/errors.ts'
import type { Application } from '../db/applications.ts'
import type { Item } from '../db/items.ts'
import type { Operation } from '../openapi.ts'
import { access } from './access.ts'
import type { Resource } from './access.ts'
import { findActor, hasRole, notLoggedIn } from './actor.ts'
import type { Actor } from './actor.ts'

/** Looks a resource up for an actor; false = it does not exist or is not the actor's. May remember it with `keep`. */
export type Loader = (actor: Actor, parameters: Parameters, keep: (found: Found) => void) => Promise<boolean>

/** Values in the path by name, percent-decoded and otherwise as they came. */
type Parameters = Readonly<Record<string, string>>
type Loaders = Readonly<Record<Resource, Loader>>

export interface Found {
  readonly application?: Application
  readonly item?: Item
}

/**
 * Answers 404 (no such path), 405, 401, 403 and 404 (not yours) before anything of the request is read, so that nobody learns
 * from a complaint about the form of a body that something exists. A request it does not know under /api goes no further.
 */
export function guard(operations: readonly Operation[], loaders: Loaders): RequestHandler {
  return async (req, res, next) => {
    const candidates = operations.filter(({ pattern }) => pattern.test(req.path))
    if (candidates.length === 0) {
      if (/^\/api(\/|$)/i.test(req.path)) throw new AppError('NOT_FOUND')
      return next()
    }
    const operation = candidates.find(({ method }) => method === req.method)
    if (!operation) {
      res.set('Allow', [...new Set(candidates.map(({ method }) => method))].join(', '))
      throw new AppError('METHOD_NOT_ALLOWED')
    }
    matched.set(req, operation)
    await admit(req, operation, loaders)
    next()
  }
}

/** The operation a request was admitted to, if any. */
export function operationOf(req: Request): Operation | undefined {
  return matched.get(req)
}

/** The application that the guard loaded for this request. */
export function applicationOf(req: Request): Application {
  return kept(req, 'application')
}

/** The item that the guard loaded for this request. */
export function itemOf(req: Request): Item {
  return kept(req, 'item')
}

const matched = new WeakMap<Request, Operation>()
const found = new WeakMap<Request, Found>()

async function admit(req: Request, { id, pattern, parameters }: Operation, loaders: Loaders): Promise<void> {
  const rule = access[id]
  if (rule?.roles === 'public') return
  const actor = findActor(req)
  if (!actor) throw notLoggedIn(req)
  if (!rule || (rule.roles !== 'any' && !hasRole(actor, ...rule.roles))) throw new AppError('FORBIDDEN')
  if (!rule.resource) return
  const values = pattern.exec(req.path)?.slice(1) ?? []
  const named = Object.fromEntries(parameters.map((name, index) => [name, decode(values[index] ?? '')]))
  if (!await loaders[rule.resource](actor, named, result => found.set(req, result))) throw new AppError('NOT_FOUND')
}

function kept<K extends keyof Found>(req: Request, key: K): NonNullable<Found[K]> {
  const value = found.get(req)?.[key]
  if (!value) throw new Error(`the access row of ${operationOf(req)?.id} loads no ${key}`)
  return value
}

/** Percent-decoding that takes a broken sequence for what it is: a name nothing has. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
