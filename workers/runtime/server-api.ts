import { AppError, RetryableError } from '../../core/errors.ts'
import type { RawFacts } from '../../core/facts.ts'
import type { Assessment, ParcelGiven, Reason, Receipt, StepContext } from '../../core/matter.ts'
import { pause } from './backoff.ts'
import type { EngineVariables } from './engine-api.ts'
import { jsonOf, TransportError } from './http.ts'
import type { Http, HttpAnswer } from './http.ts'
import { Postponed } from './postponed.ts'

/** One attempt at a department as it is kept for the audit; instants in ms. */
export interface Attempt {
  readonly startedAt: number
  readonly finishedAt: number
  readonly result: string
  readonly httpStatus: number | null
}

/** What is kept of a department call: hashes, never contents. */
export interface Evidence {
  readonly department: string
  readonly payloadHash: string | null
  readonly responseHash: string | null
  readonly httpStatus: number | null
  readonly attempts: readonly Attempt[]
}

export interface Begun {
  readonly requestId: string
  readonly traceparent: string
  readonly round: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly context: StepContext
  /** What the step came to before, when an earlier worker could not tell the engine. */
  readonly earlier: { readonly outcome: Readonly<Record<string, unknown>> } | null
}

export interface Finished {
  readonly requestId: string
  readonly processDefinitionId: string
  readonly variables: Readonly<Record<string, string | boolean>>
  readonly receipt: Receipt | null
  readonly reasons: readonly Reason[]
  readonly amounts?: { readonly amountFen: number }
  readonly assessment?: Assessment
  readonly parcel?: ParcelGiven
  readonly facts?: RawFacts
  readonly evidence: Evidence
}

export interface Failed {
  readonly requestId: string
  readonly code: string
  readonly httpStatus?: number
  readonly isFinal: boolean
}

export interface RecordRun {
  readonly taskId: string
  readonly processInstanceId: string
  readonly processDefinitionId: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** What a record step came to, and the trace of its case where the server keeps one. */
export interface Ran {
  readonly variables: EngineVariables
  readonly traceparent?: string
}

/** The server's internal interface. Every call may be repeated at any time without a second effect. */
export interface ServerApi {
  run(subjectId: string, topic: string, body: RecordRun): Promise<Ran>
  begin(subjectId: string, topic: string, taskId: string): Promise<Begun>
  finish(subjectId: string, topic: string, body: Finished): Promise<EngineVariables>
  fail(subjectId: string, topic: string, body: Failed): Promise<void>
  /** The topics that an officer has paused; null while the server does not say. */
  pausedTopics(): Promise<string[] | null>
}

export interface ServerApiOptions {
  readonly http: Http
  readonly token: (renew?: boolean) => Promise<string>
  readonly traceparent: () => string
  readonly random?: () => number
}

/** Pauses in ms between the tries of one call; after the last the task itself is put off. */
const PAUSES = [50, 200, 800, 2_000]

/** @throws Postponed while the server is away, AppError with the server's own code when it refuses. */
export function createServerApi({ http, token, traceparent, random = Math.random }: ServerApiOptions): ServerApi {
  const once = async (path: string, body: unknown, renew: boolean): Promise<HttpAnswer | TransportError> => {
    const headers = { authorization: `Bearer ${await token(renew)}`, traceparent: traceparent() }
    return http.request('POST', path, { body, headers }).catch((error: unknown) => {
      if (error instanceof TransportError) return error
      throw error
    })
  }
  const call = async (subjectId: string, step: string, body: unknown): Promise<Record<string, unknown>> => {
    const path = `/internal/v1/items/${encodeURIComponent(subjectId)}/steps/${step}`
    let isRefused = false
    for (let tries = 0; ; tries++) {
      const answer = await once(path, body, isRefused)
      if (!(answer instanceof TransportError)) {
        if (answer.status >= 200 && answer.status < 300) return (jsonOf(answer) ?? {}) as Record<string, unknown>
        isRefused = answer.status === 401
        if (!isPassing(answer.status)) throw refusal(answer)
      }
      const wait = PAUSES[tries]
      if (wait === undefined) throw new Postponed('SERVICE_UNAVAILABLE', { detail: `内部接口没有答复：${wordsOf(answer)}` })
      await pause(wait * (0.5 + random() / 2))
    }
  }
  return {
    async run(subjectId, topic, body) {
      const answer = await call(subjectId, `${topic}/run`, body)
      return { variables: variablesOf(answer), ...(typeof answer.traceparent === 'string' && { traceparent: answer.traceparent }) }
    },
    begin: async (subjectId, topic, taskId) => await call(subjectId, `${topic}/begin`, { taskId }) as unknown as Begun,
    finish: async (subjectId, topic, body) => variablesOf(await call(subjectId, `${topic}/finish`, body)),
    fail: async (subjectId, topic, body) => { await call(subjectId, `${topic}/fail`, body) },
    async pausedTopics() {
      const headers = { authorization: `Bearer ${await token()}` }
      const answer = await http.request('GET', '/internal/v1/topics/paused', { headers }).catch(() => null)
      return answer?.status === 200 ? (jsonOf(answer) as { topics: string[] }).topics : null
    }
  }
}

/** Variables as the engine takes them; plain texts and booleans get their type here. */
export function variablesOf(body: { readonly variables?: unknown }): EngineVariables {
  const entries = Object.entries((body.variables ?? {}) as Record<string, unknown>)
  return Object.fromEntries(entries.map(([name, given]) => {
    if (given !== null && typeof given === 'object' && 'value' in given) return [name, given]
    return [name, { value: given, type: typeof given === 'boolean' ? 'Boolean' : 'String' }]
  })) as EngineVariables
}

/** Whether another try may be answered otherwise; 401 because the token may have ended or the secret been changed. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 401 || status === 408 || status === 429
}

function refusal(answer: HttpAnswer): AppError {
  const problem = (jsonOf(answer) ?? {}) as { code?: string }
  // The message that ends the process is on its way; only if it never comes has a person to look.
  if (problem.code === 'WITHDRAWN') return new RetryableError('WITHDRAWN')
  const code = answer.status === 404 ? 'SUBJECT_UNKNOWN' : 'STEP_CONFLICT'
  return new AppError(code, { detail: `服务器拒绝了步骤：${answer.status} ${problem.code ?? ''}`.trim() })
}

function wordsOf(answer: HttpAnswer | TransportError): string {
  return answer instanceof TransportError ? answer.code : String(answer.status)
}
