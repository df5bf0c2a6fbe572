import { elapsed } from '../../core/elapsed.ts'
import { AppError, RetryableError } from '../../core/errors.ts'
import { pause } from './backoff.ts'
import { judge, wordsOf } from './engine-answers.ts'
import type { Verdict } from './engine-answers.ts'
import { TransportError } from './http.ts'
import type { Http, HttpAnswer } from './http.ts'

/** A process variable as the engine takes it. */
export interface EngineVariable {
  readonly value: string | boolean | number | null
  readonly type: 'String' | 'Boolean' | 'Long' | 'Date'
}
export type EngineVariables = Readonly<Record<string, EngineVariable>>

/** `done`, or why the task is not ours any more. */
export type Report = 'done' | 'gone' | 'foreign'

export interface Failure {
  readonly errorMessage: string
  readonly errorDetails: string
  readonly retries: number
  readonly retryTimeout: number
}

export interface EngineApiOptions {
  readonly http: Http
  readonly workerId: string
  readonly random?: () => number
  /** How long a reply that does not come is asked for again; the lock time is a good measure. */
  readonly patienceMs: number
}

const MAX_COLLISIONS = 10

/**
 * What a worker tells the engine about its tasks. Each call repeats itself on collisions and lost replies: the engine
 * answers `gone` or `foreign` when an earlier try had arrived, so a repetition can do no harm.
 * Throws RetryableError ENGINE_UNAVAILABLE when no answer comes, ENGINE_REFUSED (retryable when it may pass) when the
 * engine will not have it.
 */
export class EngineApi {
  readonly workerId: string
  readonly #http: Http
  readonly #random: () => number
  readonly #patienceMs: number

  constructor({ http, workerId, random = Math.random, patienceMs }: EngineApiOptions) {
    this.#http = http
    this.workerId = workerId
    this.#random = random
    this.#patienceMs = patienceMs
  }

  complete(taskId: string, variables: EngineVariables, traceparent: string): Promise<Report> {
    return this.#tell(taskId, 'complete', { variables }, traceparent)
  }

  fail(taskId: string, failure: Failure, traceparent: string): Promise<Report> {
    return this.#tell(taskId, 'failure', failure, traceparent)
  }

  throwError(taskId: string, errorCode: string, errorMessage: string, traceparent: string): Promise<Report> {
    return this.#tell(taskId, 'bpmnError', { errorCode, errorMessage }, traceparent)
  }

  /** One try: the heartbeat comes again anyway. */
  async extendLock(taskId: string, newDuration: number): Promise<Report | 'unknown'> {
    const answer = await this.#http.request('POST', `/external-task/${taskId}/extendLock`, {
      body: { workerId: this.workerId, newDuration }
    })
    const verdict = judge(answer)
    if (verdict === 'ok') return 'done'
    return verdict === 'gone' || verdict === 'foreign' ? verdict : 'unknown'
  }

  /** Gives a task back to whoever polls next; one try, since the lock ends by itself too. */
  async unlock(taskId: string): Promise<void> {
    await this.#http.request('POST', `/external-task/${taskId}/unlock`)
  }

  /**
   * Ends our own open poll: the engine lets only the newest poll of a worker wait and answers the older one at once.
   * The topic exists nowhere, so this poll brings nothing.
   */
  async nudge(): Promise<void> {
    await this.#http.request('POST', '/external-task/fetchAndLock', {
      body: {
        workerId: this.workerId, maxTasks: 1, asyncResponseTimeout: 1,
        topics: [{ topicName: 'nudge.of.no-process', lockDuration: 1 }]
      }
    })
  }

  async #tell(taskId: string, verb: string, body: object, traceparent: string): Promise<Report> {
    const deadline = elapsed() + this.#patienceMs
    for (let collisions = 0, silences = 0; ;) {
      const answer = await this.#try(`/external-task/${taskId}/${verb}`, { ...body, workerId: this.workerId }, traceparent)
      const verdict: Verdict = answer instanceof TransportError ? 'unavailable' : judge(answer)
      if (verdict === 'ok') return 'done'
      if (verdict === 'gone' || verdict === 'foreign') return verdict
      if (verdict === 'collision' && ++collisions < MAX_COLLISIONS) {
        await pause(5 * this.#random())
        continue
      }
      const words = answer instanceof TransportError ? answer.message : wordsOf(answer)
      if (verdict === 'refused') throw new AppError('ENGINE_REFUSED', { detail: `流程引擎拒绝了操作：${words}` })
      if (verdict === 'failing') throw new RetryableError('ENGINE_REFUSED', { detail: `流程引擎没有完成操作：${words}` })
      const wait = Math.min(2_000, 50 * 2 ** silences++) * (0.5 + this.#random() / 2)
      if (elapsed() + wait > deadline) throw new RetryableError('ENGINE_UNAVAILABLE', { detail: `流程引擎没有答复：${words}` })
      await pause(wait)
    }
  }

  async #try(path: string, body: object, traceparent: string): Promise<HttpAnswer | TransportError> {
    try {
      return await this.#http.request('POST', path, { body, headers: { traceparent } })
    } catch (error) {
      if (error instanceof TransportError) return error
      throw error
    }
  }
}
