import { AppError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Span, Tracer } from '../../core/spans.ts'
import { childTraceparent, newTraceparent } from '../../core/traceparent.ts'
import { attemptOf } from './backoff.ts'
import { pause } from './backoff.ts'
import type { LockedTask, Poller } from './client.ts'
import type { EngineApi, Report } from './engine-api.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { Metrics } from './metrics.ts'
import { outcomeOf, runHandler } from './run-handler.ts'
import type { Outcome } from './run-handler.ts'
import type { Step } from './steps.ts'

export interface WorkerOptions {
  /** A department's slug, or `common`. */
  readonly name: string
  readonly poller: Poller
  readonly engine: EngineApi
  readonly lockMs: number
  readonly metrics: Metrics
  readonly log: Log
  readonly tracer: Tracer
  readonly random?: () => number
}

/** Retries that fall due close together share one request. */
const NUDGE_STEP_MS = 200

/** Everything one client does: takes the tasks of its topics, works them, tells the engine what came of it, and drains. */
export class Worker {
  readonly name: string
  readonly #options: WorkerOptions
  readonly #running = new Map<string, { readonly cut: AbortController, readonly done: Promise<void> }>()
  readonly #nudges = new Map<number, NodeJS.Timeout>()
  readonly #topics = new Map<string, { readonly variables: readonly string[], readonly step: Step }>()
  #paused: ReadonlySet<string> = new Set()

  constructor(options: WorkerOptions) {
    const { name, poller, metrics, log } = options
    this.name = name
    this.#options = options
    poller.on('poll:success', () => metrics.lastFetch.set({ client: name }, Date.now() / 1000))
    poller.on('poll:failed', (error: Error) => {
      if (poller.isStopping) return
      metrics.pollErrors.inc({ client: name })
      log.warn({ client: name, err: error }, 'the engine did not answer a poll')
    })
    poller.on('handler:error', (error: Error) => log.error({ client: name, err: error }, 'a task was left to its lock'))
  }

  /** When (`elapsed`) the last poll was answered. */
  get lastPollAt(): number | undefined {
    return this.#options.poller.lastPollAt
  }

  subscribe(topic: string, localVariables: readonly string[], step: Step): void {
    this.#topics.set(topic, { variables: localVariables, step })
    this.#join(topic)
  }

  /** From now on the tasks of these topics are left alone, and those of every other topic are taken. What is in hand ends. */
  async leaveAlone(topics: ReadonlySet<string>): Promise<void> {
    const { poller } = this.#options
    const changed = [...this.#topics.keys()].filter(topic => topics.has(topic) !== this.#paused.has(topic))
    this.#paused = topics
    for (const topic of changed) {
      if (topics.has(topic)) poller.leave(topic)
      else this.#join(topic)
    }
    if (changed.length > 0 && poller.isPolling) await this.#nudge().catch(() => undefined) // the open poll still asks as before
  }

  #join(topic: string): void {
    const { variables, step } = this.#topics.get(topic)!
    this.#options.poller.take(topic, variables, task => this.#take(task, step))
  }

  start(): void {
    this.#options.poller.start()
  }

  /** Stops polling, lets what is in hand end within `graceMs`, gives the rest back. */
  async drain(graceMs: number): Promise<void> {
    const { poller, engine, log } = this.#options
    const over = new AbortController()
    poller.stop()
    for (const timer of this.#nudges.values()) clearTimeout(timer)
    const ended = Promise.all([this.#endPoll(over.signal), this.#settled()])
    await Promise.race([ended, pause(graceMs, over.signal)])
    over.abort()
    poller.cut()
    await Promise.all([...this.#running].map(async ([id, { cut, done }]) => {
      cut.abort()
      await Promise.race([done, pause(1_000)])
      await engine.unlock(id).catch(error => log.warn({ err: error as Error }, 'a task could not be given back'))
    }))
  }

  /** A poll that is still open would bring tasks to a worker that is gone. */
  async #endPoll(over: AbortSignal): Promise<void> {
    while (this.#options.poller.isPolling && !over.aborted) {
      await this.#nudge()
      await pause(50, over)
    }
  }

  async #nudge(): Promise<void> {
    this.#options.poller.expectNudge()
    await this.#options.engine.nudge().catch(() => undefined) // the end of the poll's own time heals what this misses
  }

  async #settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done))
  }

  async #take(task: LockedTask, step: Step): Promise<void> {
    const { poller, engine, metrics, name } = this.#options
    if (poller.isStopping || this.#paused.has(task.topicName)) return engine.unlock(task.id)
    const before = this.#running.get(task.id) // its lock ended unseen and the engine gave it to us again
    if (before && !before.cut.signal.aborted) return
    await before?.done
    const cut = new AbortController()
    const done = this.#work(task, step, cut)
    this.#running.set(task.id, { cut, done: done.catch(() => undefined) })
    metrics.inFlight.set({ client: name }, this.#running.size)
    try {
      await done
    } finally {
      this.#running.delete(task.id)
      metrics.inFlight.set({ client: name }, this.#running.size)
    }
  }

  async #work(task: LockedTask, step: Step, cut: AbortController): Promise<void> {
    const { engine, lockMs, metrics, random } = this.#options
    const log = this.#options.log.child({ topic: task.topicName, subject: task.businessKey, taskId: task.id })
    const stopwatch = metrics.taskSeconds.startTimer({ topic: task.topicName })
    const heartbeat = startHeartbeat(engine, task.id, lockMs, () => cut.abort())
    const startedAt = Date.now()
    let [parent, traceparent, result] = ['', newTraceparent(), 'unreported']
    try {
      const outcome = await runHandler(() => step({
        task, log, signal: cut.signal, onTrace: above => { parent = above; return traceparent = childTraceparent(above) }
      }), task.retries, random)
      result = cut.signal.aborted ? 'abandoned' : await this.#report(task, outcome, traceparent, log)
    } finally {
      metrics.tasks.inc({ topic: task.topicName, outcome: result })
      if (parent) this.#record(task, { traceparent, parent, startedAt, outcome: result })
      heartbeat.stop()
      stopwatch()
    }
  }

  /** The span of one attempt; a task of which nobody could say to which case it belongs leaves none. */
  #record(task: LockedTask, { outcome, ...span }: Pick<Span, 'traceparent' | 'parent' | 'startedAt'> & { readonly outcome: string }): void {
    const { topicName: topic, businessKey, retries } = task
    this.#options.tracer.record({
      ...span, name: topic, kind: 'consumer', endedAt: Date.now(), isFailed: !['complete', 'process-error'].includes(outcome),
      attributes: { topic, attempt: attemptOf(retries), outcome, ...(businessKey && { subject: businessKey }) }
    })
  }

  /** Tells the engine; a completion that it refuses becomes a failure, so that the case does not stand still unseen. */
  async #report(task: LockedTask, outcome: Outcome, traceparent: string, log: Log): Promise<string> {
    try {
      return named(outcome, await this.#tell(task, outcome, traceparent, log))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ENGINE_REFUSED') throw error
      const failure = outcomeOf(error, task.retries, this.#options.random)
      return named(failure, await this.#tell(task, failure, traceparent, log))
    }
  }

  async #tell(task: LockedTask, outcome: Outcome, traceparent: string, log: Log): Promise<Report> {
    const { engine } = this.#options
    if (outcome.kind === 'complete') return engine.complete(task.id, outcome.variables, traceparent)
    if (outcome.kind === 'process-error') return engine.throwError(task.id, outcome.code, outcome.message, traceparent)
    const { code, message, details, retries, retryTimeout } = outcome
    log[retries === 0 ? 'error' : 'warn']({ code, retries, retryTimeout }, 'a task failed')
    const report = await engine.fail(
      task.id, { errorMessage: message, errorDetails: details, retries, retryTimeout }, traceparent
    )
    if (retries > 0) this.#nudgeIn(retryTimeout)
    return report
  }

  /** The engine wakes no open poll when a pause is over: ask anew then, or the retry waits for the end of the poll. */
  #nudgeIn(ms: number): void {
    const now = Date.now()
    const at = Math.ceil((now + ms + 1) / NUDGE_STEP_MS) * NUDGE_STEP_MS
    if (this.#nudges.has(at)) return
    this.#nudges.set(at, setTimeout(() => {
      this.#nudges.delete(at)
      if (this.#options.poller.isPolling) void this.#nudge()
    }, at - now))
  }
}

function named(outcome: Outcome, report: Report): string {
  if (report !== 'done') return report
  return outcome.kind === 'failure' && outcome.retries === 0 ? 'incident' : outcome.kind
}
