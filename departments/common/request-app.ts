import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import { middleware as validateByContract } from 'express-openapi-validator'
import type { Knex } from 'knex'
import type { Dialect } from '../../core/dialect.ts'
import { AppError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Tracer } from '../../core/spans.ts'
import { readContract } from './contract.ts'
import { dialectDoor } from './dialect-door.ts'
import type { Fault, Faults } from './faults.ts'
import { listLedger } from './ledger-list.ts'
import { findAnswer, performRequest } from './ledger.ts'
import { problemHandler, sendProblem } from './problem.ts'
import { spoilReceiptNumber } from './receipts.ts'
import type { Answer, EventType, Fields, Kind } from './types.ts'

export interface AppOptions {
  readonly name: string
  /** Letters of the receipt numbers. */
  readonly prefix: string
  /** Folder that holds openapi.yaml. */
  readonly folder: string
  readonly kinds: Readonly<Record<string, Kind>>
  readonly db: Knex
  readonly faults: Faults
  readonly dayMs: number
  readonly log: Log
  readonly tracer: Tracer
  /** A call-back may have been planned. */
  readonly onPlanned: () => void
  /** What the regions call its business and fields. */
  readonly dialects?: readonly Dialect[]
  /** Further routes, behind the validator. */
  readonly extend?: (app: Express, db: Knex, faults: Faults) => void
}

/** The HTTP interface of every department: requests, ledger, faults, health; its contract is held both ways. */
export function createRequestApp(options: AppOptions): Express {
  const { db, faults } = options
  const app = express()
  app.disable('x-powered-by')
  app.use(express.json({ limit: '1mb', type: ['application/json', 'application/*+json'], verify: keepRaw }))
  app.use(withoutNulls)
  app.use(dialectDoor(options.dialects ?? [], db))
  app.use(validateByContract({
    apiSpec: readContract(options.folder),
    validateRequests: { allErrors: true },
    validateResponses: true
  }))
  app.get('/healthz', (_, response) => { response.json({ status: 'ok', department: options.name }) })
  app.get('/v1/ledger', async (request, response) => { response.json(await listLedger(db, request.query)) })
  app.get('/v1/faults', (_, response) => { response.json({ faults: faults.list() }) })
  app.post('/v1/faults', (request, response) => {
    faults.replace(request.body.faults)
    response.json({ faults: faults.list() })
  })
  app.delete('/v1/faults', (_, response) => {
    faults.replace([])
    response.status(204).end()
  })
  app.get('/v1/requests/:requestId', async (request, response) => {
    const outage = faults.outage()
    if (outage) return refuseToAnswer(response, outage)
    const answer = await findAnswer(db, request.params.requestId)
    if (!answer) throw new AppError('NOT_FOUND', { detail: '没有收到过这个编号的请求。' })
    response.json(answer)
  })
  app.post('/v1/requests/:kind', (request, response) => options.tracer.within({
    name: `request ${options.name}`, kind: 'server', parent: request.get('traceparent') ?? null, attributes: { department: options.name }
  }, () => answerRequest(options, request, response)))
  options.extend?.(app, db, faults)
  app.use(problemHandler(options.log))
  return app
}

async function answerRequest(options: AppOptions, request: Request, response: Response): Promise<void> {
  const name = String(request.params.kind)
  const { delayMs, fault } = options.faults.strike(name, (request.body as Fields | undefined)?.idNumber)
  if (delayMs > 0) await pause(delayMs)
  if (fault?.mode === 'error' || fault?.mode === 'maintenance') return refuseToAnswer(response, fault)
  const known = options.kinds[name]
  if (!known) throw new AppError('NOT_FOUND', { detail: '没有这种业务。' })
  const kind = fault?.mode === 'refuse' ? refusing(known, fault) : fault?.mode === 'undeliverable' ? undeliverable(known) : known
  const answer = await performRequest(options.db, kind, {
    requestId: request.get('x-request-id') ?? '',
    kind: typeof response.locals.kind === 'string' ? response.locals.kind : name,
    fields: request.body as Fields,
    traceparent: request.get('traceparent') ?? null
  }, { ...options, copies: fault?.mode === 'duplicate-callbacks' ? 2 : 1 })
  if (kind.callsBack) options.onPlanned()
  reply(response, answer, fault)
}

/** Sends the answer, or what a fault makes of it: the effect stands by now. */
function reply(response: Response, answer: Answer, fault: Fault | undefined): void {
  if (fault?.mode === 'effect-then-silence') {
    response.socket?.destroy()
  } else if (fault?.mode === 'malformed') {
    response.type('application/json').end(JSON.stringify(answer).slice(0, -20))
  } else if (fault?.mode === 'wrong-receipt') {
    const receipt = answer.receipt && { ...answer.receipt, number: spoilReceiptNumber(answer.receipt.number) }
    response.json({ ...answer, requestId: `other-${answer.requestId}`, receipt })
  } else {
    response.json(answer)
  }
}

/** Answers as a system that is down or broken. */
export function refuseToAnswer(response: Response, fault: Fault): void {
  if (fault.mode === 'error') return sendProblem(response, new AppError('INTERNAL'), fault.status ?? 500)
  const left = fault.until ? Date.parse(fault.until) - Date.now() : 5000
  sendProblem(response, new AppError('DEPARTMENT_MAINTENANCE', { retryAfter: Math.max(1, Math.ceil(left / 1000)) }))
}

function refusing(kind: Kind, fault: Fault): Kind {
  const reasons = fault.reasons?.length ? fault.reasons : [{ code: 'DEPARTMENT_REFUSED', message: '业务系统核验未通过。' }]
  return { ...kind, handle: () => ({ reasons }) }
}

const UNDELIVERED: Readonly<Record<string, EventType>> = { 'message-delivered': 'message-failed', 'parcel-delivered': 'parcel-returned' }

/** Taken in all the same; only later it turns out that it did not arrive. */
function undeliverable(kind: Kind): Kind {
  return {
    ...kind,
    async handle(work) {
      const outcome = await kind.handle(work)
      return { ...outcome, later: (outcome.later ?? []).map(one => ({ ...one, type: UNDELIVERED[one.type] ?? one.type })) }
    }
  }
}

/** The body as it came; what is signed is signed over these bytes. */
export function rawBodyOf(request: Request): Buffer {
  return rawBodies.get(request) ?? Buffer.alloc(0)
}

const rawBodies = new WeakMap<object, Buffer>()

function keepRaw(request: object, _: unknown, body: Buffer): void {
  rawBodies.set(request, body)
}

/** A field that is null is a field that was not filled in. */
function withoutNulls(request: Request, _: Response, next: NextFunction): void {
  const body: unknown = request.body
  if (request.path.startsWith('/v1/requests/') && body !== null && typeof body === 'object' && !Array.isArray(body)) {
    request.body = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
  }
  next()
}
