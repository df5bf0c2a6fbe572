import { randomBytes, randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { Log } from '../../core/log.ts'

export interface Trace {
  readonly requestId: string
  /** W3C trace context to pass on: the caller's trace with a span of ours, or a new one. */
  readonly traceparent: string
  readonly log: Log
}

/** Gives each request an id, a trace and a logger of its own, and writes one line when it is answered. */
export function traceRequests(log: Log): RequestHandler {
  return (req, res, next) => {
    const requestId = knownId(req.headers['x-request-id']) ?? randomUUID()
    const trace = { requestId, traceparent: continueTrace(req.headers.traceparent), log: log.child({ requestId }) }
    traces.set(req, trace)
    res.set('x-request-id', requestId)
    const started = performance.now()
    res.on('finish', () => {
      if (isProbe(req)) return
      // The query may hold what somebody searched for: only the path is logged.
      const line = { method: req.method, path: req.path, status: res.statusCode, ms: Math.round(performance.now() - started) }
      trace.log.info(line, 'request')
    })
    next()
  }
}

/** The trace of a request that went through `traceRequests`. */
export function traceOf(req: Request): Trace {
  const trace = traces.get(req)
  if (!trace) throw new Error('traceRequests is not installed')
  return trace
}

/** Continues a W3C trace with a new span; begins one when the header is missing or broken. */
export function continueTrace(header: string | string[] | undefined): string {
  const match = typeof header === 'string' ? TRACEPARENT.exec(header) : null
  const [, traceId, parent, flags] = match ?? []
  const known = traceId && parent && !/^0+$/.test(traceId) && !/^0+$/.test(parent)
  return `00-${known ? traceId : randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${known ? flags : '01'}`
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const traces = new WeakMap<Request, Trace>()

function knownId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.-]{8,64}$/.test(header) ? header : undefined
}

function isProbe(req: Request): boolean {
  return req.path === '/healthz' || req.path === '/readyz'
}
