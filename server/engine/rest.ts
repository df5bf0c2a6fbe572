import http from 'node:http'
import https from 'node:https'
import { AppError, RetryableError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'

export interface RestOptions {
  /** Base of the engine's REST interface, ends in /engine-rest. */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly log?: Log
  /** Time for one answer, milliseconds. */
  readonly timeoutMs?: number
  readonly random?: () => number
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface Call {
  readonly query?: Query
  /** Sent as JSON. */
  readonly body?: unknown
  readonly payload?: { readonly type: string; readonly bytes: Buffer }
  readonly timeoutMs?: number
}

/** The engine's own refusal, for callers that know what it means; to everybody else it is ENGINE_REFUSED (502). */
export class EngineRefusal extends AppError {
  override name = 'EngineRefusal'
  readonly engineStatus: number
  readonly engineType: string
  readonly engineCode: number | undefined
  /** The engine's own words; they may name ids, and never go to a user. */
  readonly engineMessage: string

  constructor(status: number, { type = '', message = '', code }: { type?: string; message?: string; code?: number }) {
    super('ENGINE_REFUSED')
    this.engineStatus = status
    this.engineType = type
    this.engineCode = code
    this.engineMessage = message
  }
}

interface Answer {
  readonly status: number
  readonly text: string
}

export type Rest = <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, call?: Call) => Promise<T>

const TIMEOUT = 10_000
const TRIES = 10
const MAX_BYTES = 64 * 1024 * 1024
const AGENT = { keepAlive: true, maxSockets: 32, maxFreeSockets: 16, timeout: 15_000 } as const

/**
 * Makes the one function through which everything for the engine goes. It keeps at most 32 connections, gives up a
 * silent one, and repeats what collided with another transaction (engine-notes C0) at once, with a few ms of jitter.
 * Rejects with EngineRefusal, or RetryableError ENGINE_UNAVAILABLE / ENGINE_COLLISION.
 */
export function createRest(
  { url, user, password, log, timeoutMs = TIMEOUT, random = Math.random }: RestOptions
): Rest & { close(): void } {
  const base = new URL(url)
  const transport = base.protocol === 'https:' ? https : http
  const agent = new transport.Agent(AGENT)
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

  const once = (method: string, path: string, { query, body, payload, timeoutMs: own }: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const bytes = payload?.bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)))
      const request = transport.request(`${base.href}${path}${search(query)}`, {
        agent, method, signal: AbortSignal.timeout(own ?? timeoutMs),
        headers: {
          authorization, accept: 'application/json',
          ...(bytes ? { 'content-type': payload?.type ?? 'application/json', 'content-length': bytes.length } : {})
        }
      }, response => collect(response).then(text => resolve({ status: response.statusCode ?? 0, text }), reject))
      request.on('error', reject)
      request.end(bytes)
    })

  const rest = async <T>(method: string, path: string, call: Call = {}): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await once(method, path, call).catch((cause: unknown) => {
        throw new RetryableError('ENGINE_UNAVAILABLE', { cause, retryAfter: 2 })
      })
      if (answer.status < 300) return (answer.text === '' ? undefined : parse(answer.text)) as T
      const refusal = refusalOf(answer)
      if (isAway(refusal)) throw new RetryableError('ENGINE_UNAVAILABLE', { cause: refusal, retryAfter: 2 })
      if (!isCollision(refusal)) throw refusal
      if (attempt >= TRIES) throw new RetryableError('ENGINE_COLLISION', { cause: refusal, retryAfter: 1 })
      log?.debug({ method, path: redactPath(path), attempt }, 'engine: collision, repeated')
      await new Promise(resolve => setTimeout(resolve, random() * 5))
    }
  }
  return Object.assign(rest, { close: () => agent.destroy() })
}

/** What lost against another transaction and succeeds when repeated; the type alone misses user tasks (engine-notes C0). */
export function isCollision({ engineStatus, engineType, engineCode, engineMessage }: EngineRefusal): boolean {
  return engineStatus === 500 && (engineCode === 1 || engineCode === 10000 || engineType === 'OptimisticLockingException'
    || engineType === 'ProcessEnginePersistenceException' || /ENGINE-03077/.test(engineMessage))
}

/** A proxy's page, a starting engine, or a wrong password of ours: mended from outside, so trying again makes sense. */
function isAway({ engineStatus, engineType }: EngineRefusal): boolean {
  return [401, 403, 502, 503, 504].includes(engineStatus) || (engineStatus >= 500 && engineType === '')
}

function refusalOf({ status, text }: Answer): EngineRefusal {
  try {
    return new EngineRefusal(status, JSON.parse(text) as { type?: string; message?: string; code?: number })
  } catch {
    return new EngineRefusal(status, {})
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('ENGINE_REFUSED', { cause })
  }
}

async function collect(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BYTES) throw new Error('the answer is larger than 64 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function search(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {})
    .flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, String(value)]]))
  return pairs.length ? `?${new URLSearchParams(pairs)}` : ''
}

const redactPath = (path: string): string => path.replace(/[0-9a-f-]{36}/g, '…')
