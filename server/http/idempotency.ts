import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '../../core/errors.ts'
import { findActor, hasRole } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { operationOf } from '../auth/guard.ts'
import { access } from '../auth/access.ts'
import { findKey, keepAnswer, releaseKey, takeKey, takeOverKey } from '../db/idempotency.ts'
import { fileDigest } from '../documents/uploads.ts'
import { traceOf } from './trace.ts'

/** An unanswered key is given up after this: its server died. */
const ABANDONED = 60_000
const PATIENCE = 10_000
const STEP = 100
/** As the contract has it, where an operation declares the header; it is part of an index, which takes no long text. */
const KEY = /^[\x21-\x7e]{1,200}$/

interface KeptAnswer {
  /** Left out where the answer has none (204). */
  readonly body?: unknown
  readonly headers: Readonly<Record<string, string>>
}

interface GivenAnswer extends KeptAnswer {
  readonly status: number
}

type Deps = Pick<ServerContext, 'db' | 'crypto' | 'clock'>

/**
 * Idempotency-Key for POST: the answer of a request that succeeded is kept with the hash of path and body and given again to the
 * same request; another request with the key is refused. A refused request gives its key back, so that it can be mended.
 * Platforms must send one, except with a question that everybody may ask.
 */
export function idempotent(deps: Deps): RequestHandler {
  return async (req, res, next) => {
    const actor = findActor(req)
    if (req.method !== 'POST' || !actor) return next()
    const key = req.headers['idempotency-key']
    if (typeof key !== 'string') {
      if (hasRole(actor, 'platform') && !isForEverybody(req)) throw new AppError('IDEMPOTENCY_KEY_REQUIRED')
      return next()
    }
    if (!KEY.test(key)) throw badKey()
    const owner = { applicant_key: actor.key, key }
    const answer = await answerOrTake(deps, owner, await hashOf(req))
    if (answer) return void give(answer, res)
    keepOrRelease(deps, owner, actor, req, res)
    next()
  }
}

function badKey(): AppError {
  const message = '幂等键的格式不正确，请用不超过 200 个的字母、数字或符号'
  return new AppError('REQUEST_INVALID', { detail: `${message}。`, fields: [{ path: '/headers/idempotency-key', code: 'INVALID', message }] })
}

function give({ status, headers, body }: GivenAnswer, res: Response): void {
  res.status(status).set(headers)
  if (body === undefined) res.end()
  else res.json(body)
}

const isForEverybody = (req: Request): boolean => access[operationOf(req)?.id ?? '']?.roles === 'public'

type Owner = Parameters<typeof findKey>[1]

/** The kept answer, or null when this request holds the key now. Waits a while for a request that is under way. */
async function answerOrTake({ db, crypto, clock }: Deps, owner: Owner, hash: string): Promise<GivenAnswer | null> {
  const end = clock.realNow() + PATIENCE
  for (;;) {
    if (await takeKey(db, owner, hash, clock.realNow())) return null
    const row = await findKey(db, owner)
    if (!row) continue
    if (row.body_hash !== hash) throw new AppError('IDEMPOTENCY_KEY_REUSED')
    if (row.status !== null && row.response_enc !== null) {
      const kept = JSON.parse(crypto.decrypt('idempotency_key', 'response_enc', cellOf(owner), row.response_enc)) as KeptAnswer
      return { ...kept, status: row.status }
    }
    const now = clock.realNow()
    if (Math.abs(now - row.created_at) > ABANDONED && await takeOverKey(db, owner, row.created_at, now)) return null
    if (now > end) throw new AppError('IDEMPOTENCY_IN_PROGRESS', { retryAfter: 5 })
    await delay(STEP)
  }
}

/**
 * Keeps the answer before it leaves, so that whoever repeats the request at once already gets it; a refusal gives the key back
 * before it leaves. The end of the answer decides, not that of the connection: a caller who goes away leaves the work going on.
 */
function keepOrRelease({ db, crypto }: Deps, owner: Owner, actor: Actor, req: Request, res: Response): void {
  const keep = async (body: unknown): Promise<void> => {
    const sealed = crypto.encrypt('idempotency_key', 'response_enc', cellOf(owner), JSON.stringify({ body, headers: headersOf(res) }))
    await keepAnswer(db, owner, res.statusCode, sealed)
  }
  const sendJson = res.json.bind(res)
  const end = res.end.bind(res) as (...rest: unknown[]) => Response
  const settle = (isWhole: boolean, body?: unknown): Promise<void> => {
    res.json = sendJson
    res.end = end as Response['end']
    const isKept = isWhole && res.statusCode < 300
    return (isKept ? keep(body) : releaseKey(db, owner)).catch((error: unknown) => {
      // What was done is done; a repetition will meet it in the state of the application instead.
      traceOf(req).log.warn({ err: error, actor: actor.key.slice(0, 8) }, isKept ? 'answer not kept' : 'key not given back')
    })
  }
  res.json = body => {
    void settle(true, body).finally(() => sendJson(body))
    return res
  }
  res.end = ((...rest: unknown[]) => {
    // A file cannot be given again from here; an answer without a body can.
    void settle(!res.headersSent && !rest[0]).finally(() => end(...rest))
    return res
  }) as Response['end']
}

function headersOf(res: Response): Record<string, string> {
  return Object.fromEntries(['location', 'etag'].flatMap(name => {
    const value = res.get(name)
    return value === undefined ? [] : [[name, value]]
  }))
}

async function hashOf(req: Request): Promise<string> {
  const hash = createHash('sha256').update(`${req.method} ${req.path}\n${JSON.stringify(req.body ?? null)}\n`)
  return hash.update(await fileDigest(req)).digest('hex')
}

function cellOf({ applicant_key, key }: Owner): string {
  return `${applicant_key}|${key}`
}
