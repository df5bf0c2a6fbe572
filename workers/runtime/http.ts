import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export interface HttpOptions {
  readonly baseUrl: string
  /** Connections kept to this host at most; more requests wait. */
  readonly maxSockets: number
  readonly timeoutMs: number
  /** Larger replies are cut off. */
  readonly maxBytes: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface HttpRequest {
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** No usable answer came. `isSent` false means that the other side cannot have seen the request. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly code: string
  readonly isSent: boolean

  constructor(code: string, isSent: boolean, cause?: unknown) {
    super(`no answer: ${code}`, { cause })
    this.code = code
    this.isSent = isSent
  }
}

export interface Http {
  /** Any status is an answer. Throws TransportError. */
  request(method: 'GET' | 'POST', path: string, request?: HttpRequest): Promise<HttpAnswer>
  close(): void
}

/** A client of one host: bounded keep-alive connections, a deadline over the whole exchange, a cap on the reply. */
export function createHttp(options: HttpOptions): Http {
  const base = options.baseUrl.replace(/\/$/, '')
  const isSecure = base.startsWith('https:')
  const limits = { keepAlive: true, maxSockets: options.maxSockets, maxFreeSockets: options.maxSockets }
  const agent = isSecure ? new HttpsAgent(limits) : new HttpAgent(limits)
  return {
    request(method, path, request = {}) {
      const payload = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body))
      const headers = {
        accept: 'application/json',
        ...options.headers,
        ...request.headers,
        ...(payload && { 'content-type': 'application/json', 'content-length': String(payload.length) })
      }
      const make = isSecure ? httpsRequest : httpRequest
      return exchange(make(`${base}${path}`, { method, agent, headers }), payload, { ...options, ...request })
    },
    close: () => agent.destroy()
  }
}

interface Limits { readonly timeoutMs: number, readonly maxBytes: number, readonly signal?: AbortSignal }

function exchange(outgoing: ClientRequest, payload: Buffer | undefined, limits: Limits): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let isSent = false
    const fail = (code: string, cause?: unknown): void => {
      settle()
      reject(new TransportError(code, isSent, cause))
      outgoing.destroy()
    }
    const timer = setTimeout(() => fail('TIMEOUT'), limits.timeoutMs)
    const onAbort = () => fail('ABORTED')
    const settle = (): void => {
      clearTimeout(timer)
      limits.signal?.removeEventListener('abort', onAbort)
    }
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'NETWORK', error))
    if (limits.signal?.aborted) return fail('ABORTED')
    limits.signal?.addEventListener('abort', onAbort)
    outgoing.on('socket', socket => {
      if (socket.connecting) socket.once('connect', () => { isSent = true })
      else isSent = true
    })
    outgoing.on('response', response => collect(response, limits.maxBytes, fail, text => {
      settle()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    }))
    outgoing.end(payload)
  })
}

function collect(
  response: IncomingMessage, maxBytes: number, fail: (code: string, cause?: unknown) => void, done: (text: string) => void
): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) fail('REPLY_TOO_LARGE')
    else chunks.push(chunk)
  })
  response.on('end', () => done(Buffer.concat(chunks).toString('utf8')))
  response.on('error', error => fail('ECONNRESET', error))
  response.on('close', () => { if (!response.complete) fail('ECONNRESET') })
}

/** True for `application/json` and `application/problem+json`, whatever parameters follow. */
export function isJson(headers: IncomingHttpHeaders): boolean {
  return /^application\/([\w.-]+\+)?json$/.test(mediaType(headers))
}

/** The media type without parameters, lower case. */
export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
}

/** The parsed body of a JSON answer, undefined when it is none. */
export function jsonOf(answer: HttpAnswer): unknown {
  if (!isJson(answer.headers)) return undefined
  try {
    return JSON.parse(answer.text)
  } catch {
    return undefined
  }
}

/** Milliseconds asked for by Retry-After (seconds or HTTP date), undefined when absent or unreadable. */
export function retryAfterMs(headers: IncomingHttpHeaders, now: number): number | undefined {
  const value = headers['retry-after']
  if (!value) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
