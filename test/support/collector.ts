import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One span as it came over OTLP/JSON, with the process that sent it. */
export interface ReceivedSpan {
  readonly service: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: Readonly<Record<string, string>>
  readonly status: { readonly code: number }
}

/** A receiver of traces over HTTP, as small as one can be. */
export interface Collector {
  readonly url: string
  readonly spans: readonly ReceivedSpan[]
  /** Every body as it came. */
  readonly bodies: readonly string[]
  /** Refuses what comes while true. */
  isAway: boolean
  stop(): Promise<void>
}

export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = []
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', part => { body += String(part) }).on('end', () => {
      const isWanted = request.method === 'POST' && request.url === '/v1/traces' && request.headers['content-type'] === 'application/json'
      if (!isWanted || collector.isAway) return void response.writeHead(isWanted ? 503 : 404).end()
      bodies.push(body)
      spans.push(...spansOf(body))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const collector: Collector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, bodies, isAway: false,
    stop: () => new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
  return collector
}

interface Attribute { readonly key: string; readonly value: { readonly stringValue?: string; readonly intValue?: string } }
interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly { readonly spans: readonly (Omit<ReceivedSpan, 'attributes' | 'service'> & { readonly attributes: readonly Attribute[] })[] }[]
  }[]
}

function spansOf(body: string): ReceivedSpan[] {
  return (JSON.parse(body) as Export).resourceSpans.flatMap(({ resource, scopeSpans }) => scopeSpans.flatMap(({ spans }) =>
    spans.map(span => ({ ...span, service: valuesOf(resource.attributes)['service.name']!, attributes: valuesOf(span.attributes) }))))
}

function valuesOf(attributes: readonly Attribute[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']))
}
