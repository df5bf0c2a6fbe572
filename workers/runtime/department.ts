import { createHash } from 'node:crypto'
import { RetryableError } from '../../core/errors.ts'
import type { DepartmentReply, MatterDeps } from '../../core/matter.ts'
import type { Tracer } from '../../core/spans.ts'
import { childTraceparent } from '../../core/traceparent.ts'
import { Bulkhead } from './bulkhead.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { resultOf, settle, turnOf } from './department-turn.ts'
import type { Turn } from './department-turn.ts'
import { TransportError } from './http.ts'
import type { Http } from './http.ts'
import type { Metrics } from './metrics.ts'
import { Postponed } from './postponed.ts'
import type { Attempt, Evidence } from './server-api.ts'

export interface DepartmentOptions {
  readonly slug: string
  readonly http: Http
  /** Calls at once. */
  readonly limit: number
  readonly metrics: Metrics
  readonly tracer: Tracer
  readonly breaker?: CircuitBreaker
  readonly now?: () => number
}

/** One department as the workers of this process see it: its connection, its bulkhead, its circuit breaker. */
export class Department {
  readonly slug: string
  readonly http: Http
  readonly breaker: CircuitBreaker
  readonly bulkhead: Bulkhead
  readonly metrics: Metrics
  readonly tracer: Tracer
  readonly now: () => number

  constructor({ slug, http, limit, metrics, tracer, now = Date.now, breaker }: DepartmentOptions) {
    this.slug = slug
    this.http = http
    this.metrics = metrics
    this.tracer = tracer
    this.now = now
    this.breaker = breaker ?? new CircuitBreaker()
    this.bulkhead = new Bulkhead(limit)
    metrics.circuits.set(slug, () => this.breaker.state)
  }
}

export interface StepCall {
  readonly requestId: string
  readonly traceparent: string
  /** From 1. A repetition asks what became of the earlier request before it sends anything. */
  readonly attempt: number
  /** Ends the call when the task is lost or the process stops. */
  readonly signal: AbortSignal
}

type Body = Readonly<Record<string, unknown>>

/** After so many attempts a question that is not answered counts as unanswered. */
const ASK_ATTEMPTS = 3

/**
 * The one call to a department that a step may make, under a constant request id. In doubt (no answer, broken answer,
 * 5xx) it asks by request id what became of the request, and sends it again only when the department never saw it.
 */
export class DepartmentSession implements MatterDeps {
  readonly #department: Department
  readonly #call: StepCall
  readonly #attempts: Attempt[] = []
  #kind: string | undefined
  #payloadHash: string | null = null
  #responseHash: string | null = null
  #httpStatus: number | null = null

  constructor(department: Department, call: StepCall) {
    this.#department = department
    this.#call = call
  }

  /** What is kept of the call: hashes and times. */
  get evidence(): Evidence {
    return {
      department: this.#department.slug, payloadHash: this.#payloadHash, responseHash: this.#responseHash,
      httpStatus: this.#httpStatus, attempts: this.#attempts
    }
  }

  readonly department = (kind: string, body: Body): Promise<DepartmentReply> => this.#guarded(kind, body, true)

  readonly ask = async (kind: string, body: Body): Promise<DepartmentReply | null> => {
    try {
      return await this.#guarded(kind, body, false)
    } catch (error) {
      if (!(error instanceof RetryableError) || this.#call.signal.aborted) throw error
      if (this.#call.attempt >= ASK_ATTEMPTS) return null
      // Here an open circuit counts as an attempt: a short outage is waited for, a long one is left to a person.
      if (!(error instanceof Postponed)) throw error
      throw new RetryableError(error.code, { retryAfter: error.retryAfter ?? 1, cause: error })
    }
  }

  #guarded(kind: string, body: Body, needsReceipt: boolean): Promise<DepartmentReply> {
    if (this.#kind !== undefined) throw new Error(`a step makes one department call: ${this.#kind}, then ${kind}`)
    this.#kind = kind
    this.#payloadHash = sha256(canonicalJson(body))
    const { breaker, bulkhead } = this.#department
    return bulkhead.run(async () => {
      const isProbe = breaker.state !== 'closed'
      const wait = breaker.enter()
      if (wait > 0) throw new Postponed('DEPARTMENT_UNAVAILABLE', { retryAfter: Math.ceil(wait / 1000) })
      try {
        const turn = await this.#converse(kind, body, needsReceipt)
        this.#judge(turn)
        return settle(turn)
      } catch (error) {
        throw isProbe ? this.#sparing(error) : error
      } finally {
        breaker.release()
      }
    })
  }

  /**
   * Who looks whether a department is back must not pay for its being away, or in an outage of days each of those that wait would
   * use up its attempts so. The first attempt is always spent: only of a later one is it known that it asks before it sends.
   */
  #sparing(error: unknown): unknown {
    const isAway = error instanceof RetryableError && this.#department.breaker.state === 'open'
    if (!isAway || this.#call.attempt === 1 || this.#call.signal.aborted) return error
    return new Postponed(error.code, { ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }), cause: error })
  }

  /** Tells the circuit breaker what the turn says about the department. */
  #judge(turn: Turn): void {
    const { breaker } = this.#department
    if (this.#call.signal.aborted) return
    if ((turn.kind === 'doubt' || turn.kind === 'fault') && turn.error instanceof RetryableError) {
      breaker.fail((turn.error.retryAfter ?? 0) * 1000)
    } else breaker.succeed()
  }

  async #converse(kind: string, body: Body, needsReceipt: boolean): Promise<Turn> {
    const send = () => this.#exchange('POST', `/v1/requests/${kind}`, needsReceipt, body)
    const id = encodeURIComponent(this.#call.requestId)
    const query = () => this.#exchange('GET', `/v1/requests/${id}`, needsReceipt)
    if (this.#call.attempt > 1) {
      const known = await query()
      if (known.kind !== 'unknown') return known
    }
    const first = await send()
    if (first.kind !== 'doubt') return first
    const known = await query()
    return known.kind === 'unknown' ? send() : known
  }

  async #exchange(method: 'GET' | 'POST', path: string, needsReceipt: boolean, body?: Body): Promise<Turn> {
    const { slug, http, now, metrics, tracer } = this.#department
    const { requestId, traceparent: parent, attempt, signal } = this.#call
    const traceparent = childTraceparent(parent)
    const startedAt = now()
    const answer = await http
      .request(method, path, { signal, headers: { 'x-request-id': requestId, traceparent }, ...(body && { body }) })
      .catch((error: unknown) => {
        if (error instanceof TransportError) return error
        throw error
      })
    const turn = turnOf(answer, { method, requestId, needsReceipt, now: now() })
    const result = resultOf(turn)
    if (!(answer instanceof TransportError)) this.#responseHash = sha256(answer.text)
    this.#httpStatus = answer instanceof TransportError ? null : answer.status
    this.#attempts.push({
      startedAt, finishedAt: now(), httpStatus: this.#httpStatus, result: method === 'GET' ? `QUERY_${result}` : result
    })
    tracer.record({
      name: `${method} ${slug}`, kind: 'client', traceparent, parent, startedAt, endedAt: now(), isFailed: turn.kind === 'doubt' || turn.kind === 'fault',
      attributes: {
        department: slug, attempt, outcome: result, 'http.request.method': method,
        ...(this.#httpStatus !== null && { 'http.response.status_code': this.#httpStatus })
      }
    })
    metrics.departmentRequests.inc({ department: slug, result })
    metrics.departmentSeconds.observe({ department: slug }, (now() - startedAt) / 1000)
    return turn
  }
}

/** JSON with sorted members, so that equal contents have equal hashes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
