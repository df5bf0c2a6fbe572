import type { Log } from './log.ts'
import { childTraceparent, readTraceparent } from './traceparent.ts'

/** Kinds of a span with their numbers in OTLP. */
const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const

/** All that may be said of a span: names of our own, codes, numbers and the id of a case; nothing that a person wrote. */
export interface SpanAttributes {
  readonly 'http.request.method'?: string
  /** Path with its parameters in braces. */
  readonly 'http.route'?: string
  readonly 'http.response.status_code'?: number
  /** Id of an application, an item or a declaration row. */
  readonly subject?: string
  readonly topic?: string
  readonly department?: string
  readonly attempt?: number
  readonly outcome?: string
}

export interface Span {
  readonly name: string
  readonly kind: keyof typeof KINDS
  /** Its own W3C context. */
  readonly traceparent: string
  /** That of the span it belongs to. */
  readonly parent?: string | null
  /** Real time, ms. */
  readonly startedAt: number
  readonly endedAt: number
  readonly attributes: SpanAttributes
  readonly isFailed?: boolean
}

/** Takes the spans of one process; off where no collector is named. */
export interface Tracer {
  readonly isOn: boolean
  record(span: Span): void
  /** Runs `work` as a span of the trace that `parent` belongs to; the work is handed the new span's context. */
  within<T>(span: Pick<Span, 'name' | 'kind' | 'parent' | 'attributes'>, work: (traceparent: string) => Promise<T>): Promise<T>
  /** Hands over what is left. */
  stop(): Promise<void>
}

export interface TracerOptions {
  /** Base of an OTLP receiver over HTTP; '' turns tracing off. */
  readonly endpoint: string
  /** The process, e.g. server. */
  readonly service: string
  readonly log: Log
  readonly fetch: typeof fetch
}

const BATCH = 512
const EVERY_MS = 1000
/** A collector that is away costs spans, never memory or a request's time. */
const MOST_KEPT = 4096
const PATIENCE_MS = 5000
const COMPLAIN_EVERY_MS = 60_000

/** Collects the spans that are sampled and posts them as OTLP/JSON in batches. */
export function createTracer(options: TracerOptions): Tracer {
  if (options.endpoint === '') return noTracer
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`
  let kept: Span[] = []
  let sending: Promise<void> | undefined
  let complainedAt = 0

  const send = async (): Promise<void> => {
    while (kept.length > 0) {
      const batch = kept.slice(0, BATCH)
      kept = kept.slice(BATCH)
      const isTaken = await post(options, url, batch)
      if (isTaken || Date.now() - complainedAt < COMPLAIN_EVERY_MS) continue
      complainedAt = Date.now()
      options.log.warn({ lost: batch.length }, 'the collector of traces does not take them')
    }
  }
  const flush = (): Promise<void> => (sending ??= send().finally(() => { sending = undefined }))
  const timer = setInterval(() => void flush(), EVERY_MS)
  timer.unref()
  const record = (span: Span): void => {
    if (kept.length < MOST_KEPT && readTraceparent(span.traceparent)?.isSampled) kept.push(span)
    if (kept.length >= BATCH) void flush()
  }
  return {
    isOn: true, record, within: withinBy(record),
    async stop() {
      clearInterval(timer)
      await flush()
      await flush()
    }
  }
}

/** For processes and tests that trace nothing; contexts are handed on all the same. */
export const noTracer: Tracer = {
  isOn: false, record: () => undefined, within: (span, work) => work(childTraceparent(span.parent)), stop: () => Promise.resolve()
}

function withinBy(record: Tracer['record']): Tracer['within'] {
  return async (span, work) => {
    const traceparent = childTraceparent(span.parent)
    const startedAt = Date.now()
    let isFailed = true
    try {
      const result = await work(traceparent)
      isFailed = false
      return result
    } finally {
      record({ ...span, traceparent, startedAt, endedAt: Date.now(), isFailed })
    }
  }
}

async function post({ service, fetch }: TracerOptions, url: string, spans: readonly Span[]): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(otlpOf(service, spans)),
    signal: AbortSignal.timeout(PATIENCE_MS)
  }).catch(() => undefined)
  await response?.arrayBuffer().catch(() => undefined)
  return response?.ok ?? false
}

/** Spans as an ExportTraceServiceRequest of OTLP 1.x in JSON. */
function otlpOf(service: string, spans: readonly Span[]) {
  return {
    resourceSpans: [{
      resource: { attributes: attributesOf({ 'service.name': service, 'service.namespace': 'yijianshi' }) },
      scopeSpans: [{ scope: { name: 'yijianshi' }, spans: spans.map(otlpSpan) }]
    }]
  }
}

function otlpSpan({ name, kind, traceparent, parent, startedAt, endedAt, attributes, isFailed }: Span) {
  const own = readTraceparent(traceparent)!
  const above = readTraceparent(parent)
  return {
    traceId: own.traceId, spanId: own.spanId, ...(above?.traceId === own.traceId && { parentSpanId: above.spanId }),
    name, kind: KINDS[kind], startTimeUnixNano: nanoseconds(startedAt), endTimeUnixNano: nanoseconds(endedAt),
    attributes: attributesOf(attributes), status: { code: isFailed ? 2 : 0 }
  }
}

function attributesOf(values: Readonly<Record<string, string | number | undefined>> | SpanAttributes) {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? []
    : [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: String(value) } }]))
}

const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`
