import type { RequestHandler } from 'express'
import { jwtVerify } from 'jose'
import { AppError } from '../../core/errors.ts'

const AUDIENCE = 'internal'
/** A stolen token is of little use: none lives longer than ten minutes. */
const LIFE_SECONDS = 600
const TOLERANCE_SECONDS = 30

/** A few workers send their tokens thousands of times; more than these are checked anew. */
const MOST_KEPT = 100

const workers = new WeakMap<object, string>()

/** Checks the worker's token offline, with the secret alone. The request is answered 401 without a good one. */
export function requireWorker(secret: string, realNow: () => number): RequestHandler {
  const key = new TextEncoder().encode(secret)
  const checked = new Map<string, { readonly worker: string; readonly until: number }>()
  return async (req, _res, next) => {
    const token = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1]
    if (!token) throw new AppError('UNAUTHENTICATED')
    const known = checked.get(token)
    if (known && realNow() < known.until) {
      workers.set(req, known.worker)
      return next()
    }
    const { payload } = await jwtVerify(token, key, {
      audience: AUDIENCE, algorithms: ['HS256'], requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(realNow()), clockTolerance: TOLERANCE_SECONDS
    }).catch((cause: unknown) => {
      throw new AppError('TOKEN_INVALID', { cause })
    })
    if (payload.exp! - payload.iat! > LIFE_SECONDS) throw new AppError('TOKEN_INVALID')
    if (checked.size >= MOST_KEPT) checked.clear()
    checked.set(token, { worker: payload.sub!, until: payload.exp! * 1000 })
    workers.set(req, payload.sub!)
    next()
  }
}

/** Id of the worker that sent a request which requireWorker let pass. */
export function workerOf(req: object): string {
  return workers.get(req) ?? 'unknown'
}
