import { randomBytes } from 'node:crypto'

/** What a W3C `traceparent` says. */
export interface TraceContext {
  readonly traceId: string
  readonly spanId: string
  readonly isSampled: boolean
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const NOTHING = /^0+$/

/** Reads a traceparent; undefined when it is missing or broken. */
export function readTraceparent(text: string | null | undefined): TraceContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text ?? '') ?? []
  if (!traceId || !spanId || !flags || NOTHING.test(traceId) || NOTHING.test(spanId)) return undefined
  return { traceId, spanId, isSampled: (parseInt(flags, 16) & 1) === 1 }
}

/** A traceparent that starts a trace. */
export function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
}

/** The next span of a given trace; a new trace when there is none or it is unreadable. */
export function childTraceparent(parent: string | null | undefined): string {
  const known = readTraceparent(parent)
  return known ? `00-${known.traceId}-${randomBytes(8).toString('hex')}-${parent!.slice(-2)}` : newTraceparent()
}
