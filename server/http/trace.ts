import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { Histogram } from 'prom-client'
import type { Log } from '../../core/log.ts'
import { noTracer } from '../../core/spans.ts'
import type { Tracer } from '../../core/spans.ts'
import { childTraceparent } from '../../core/traceparent.ts'
import type { Operation } from '../openapi.ts'

export interface Trace {
  readonly requestId: string
  /** W3C trace context to pass on: the caller's trace with a span of ours, or a new one. */
  readonly traceparent: string
  readonly log: Log
}

export interface Watch {
  readonly tracer: Tracer
  /** The operation that a request turned out to be; what is none leaves neither span nor figure. */
  readonly operationOf: (req: Request) => Operation | undefined
  readonly seconds?: Histogram<'operation' | 'status'>
}

const UNWATCHED: Watch = { tracer: noTracer, operationOf: () => undefined }

/** Gives each request an id, a trace and a logger of its own, and writes one line, a span and a figure when it is answered. */
export function traceRequests(log: Log, watch: Watch = UNWATCHED): RequestHandler {
  return (req, res, next) => {
    const requestId = knownId(req.headers['x-request-id']) ?? randomUUID()
    const parent = req.get('traceparent')
    const trace = { requestId, traceparent: childTraceparent(parent), log: log.child({ requestId }) }
    traces.set(req, trace)
    res.set('x-request-id', requestId)
    const started = performance.now()
    res.on('finish', () => {
      if (isProbe(req)) return
      // The query may hold what somebody searched for: only the path is logged.
      const line = { method: req.method, path: req.path, status: res.statusCode, ms: Math.round(performance.now() - started) }
      trace.log.info(line, 'request')
      const { traceparent } = trace
      recordRequest(watch, req, { parent, traceparent, status: res.statusCode, ms: line.ms })
    })
    next()
  }
}

interface Answered {
  readonly parent: string | undefined
  readonly traceparent: string
  readonly status: number
  readonly ms: number
}

/** Says which operation it was: a path may hold the number of a case, a span's name never. */
function recordRequest({ tracer, operationOf, seconds }: Watch, req: Request, answered: Answered): void {
  const { parent, traceparent, status, ms } = answered
  const operation = operationOf(req)
  if (!operation) return
  seconds?.observe({ operation: operation.id, status }, ms / 1000)
  const endedAt = Date.now()
  tracer.record({
    name: operation.id, kind: 'server', traceparent, parent: parent ?? null, startedAt: endedAt - ms, endedAt,
    isFailed: status >= 500,
    attributes: { 'http.request.method': operation.method, 'http.route': operation.path, 'http.response.status_code': status }
  })
}

/** The trace of a request that went through `traceRequests`. */
export function traceOf(req: Request): Trace {
  const trace = traces.get(req)
  if (!trace) throw new Error('traceRequests is not installed')
  return trace
}

const traces = new WeakMap<Request, Trace>()

function knownId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.-]{8,64}$/.test(header) ? header : undefined
}

function isProbe(req: Request): boolean {
  return req.path === '/healthz' || req.path === '/readyz'
}
