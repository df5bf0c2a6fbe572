import { BasicAuthInterceptor, Client } from 'camunda-external-task-client-js'
import type { RawTask, TopicOptions } from 'camunda-external-task-client-js'
import { elapsed } from '../../core/elapsed.ts'
import { pause, pollPause } from './backoff.ts'
import { guardReplies, limitConnections, tracePolls } from './interceptors.ts'

export interface PollerOptions {
  /** Base of the engine's REST interface. */
  readonly engineUrl: string
  readonly user: string
  readonly password: string
  /** Unique for each start of each process: the engine's only fence between two workers is this text. */
  readonly workerId: string
  /** Tasks in hand at once. */
  readonly maxParallel: number
  readonly lockMs: number
  readonly longPollMs: number
  /** Added to the long poll before a silent connection is given up. */
  readonly graceMs?: number
  readonly random?: () => number
}

/** What a handler is told about its task. */
export type LockedTask = Omit<RawTask, 'variables'> & { readonly variables: Readonly<Record<string, unknown>> }

const MAX_TASKS = 50
/** A burst of ending handlers is answered by one poll, not by one each. */
const COALESCE_MS = 10
/** With so few in hand the next poll begins at once; with more it waits a little for each, so that one poll brings several. */
const FEW = 2
const GATHER_STEP_MS = 10
const MOST_GATHER_MS = 150
/** How long a client waits whose every topic is paused. */
const IDLE_MS = 200

/**
 * The npm client with its traps closed: it polls when there are free hands and never by the clock, gives up a silent
 * connection, pauses ever longer while the engine is sick, and reads replies whatever their charset.
 */
export class Poller extends Client {
  /** When (`elapsed`) the last poll was answered; undefined before the first. */
  lastPollAt: number | undefined
  isStopping = false
  /** True while a poll waits for its answer. */
  isPolling = false
  #errors = 0
  #isNudged = false
  readonly #random: () => number
  readonly #cut: AbortController
  #onFree: (() => void) | undefined

  constructor({ random = Math.random, graceMs = 10_000, ...options }: PollerOptions) {
    const cut = new AbortController()
    super({
      baseUrl: options.engineUrl,
      workerId: options.workerId,
      maxTasks: Math.min(MAX_TASKS, options.maxParallel),
      maxParallelExecutions: options.maxParallel,
      interval: 0,
      lockDuration: options.lockMs,
      asyncResponseTimeout: 0, // the first poll answers at once, so that a start is known to have worked
      autoPoll: false,
      usePriority: false, // all priorities are equal; the oldest task first, so that none starves
      sorting: [{ sortBy: Client.SortBy.CreateTime, sortOrder: Client.SortOrder.ASC }],
      interceptors: [
        new BasicAuthInterceptor({ username: options.user, password: options.password }) as never,
        limitConnections(options.longPollMs + graceMs, cut.signal), guardReplies, tracePolls
      ]
    })
    this.#random = random
    this.#cut = cut
    this.on('poll:start', () => { this.isPolling = true })
    this.on('poll:success', () => {
      this.isPolling = false
      this.#errors = 0
      this.lastPollAt = elapsed()
      this.options.asyncResponseTimeout = options.longPollMs
    })
    this.on('handler:success', this.#freed)
    this.on('handler:error', this.#freed)
    this.on('poll:error', (error: Error) => {
      this.isPolling = false
      const isExpected = this.#isNudged && isSuperseded(error)
      this.#isNudged = false
      if (isExpected) return
      this.#errors++
      this.emit('poll:failed', error)
    })
  }

  /** Subscribes a wrapped handler; only the named local variables are fetched. */
  take(topic: string, localVariables: readonly string[], handler: (task: LockedTask) => Promise<void>): void {
    const options: TopicOptions = {
      variables: [...localVariables], localVariables: true, includeExtensionProperties: false
    }
    this.subscribe(topic, options, async ({ task }) => {
      await handler({ ...task, variables: task.variables.getAll() })
    })
  }

  /** Asks for no task of a topic any more, from the next poll on. */
  leave(topic: string): void {
    delete this.topicSubscriptions[topic]
  }

  override async poll(): Promise<unknown> {
    await pause(pollPause(this.#errors, this.#random), this.#cut.signal)
    await this.#freeHands()
    await pause(gatherPause(this.activeTasksCount), this.#cut.signal)
    while (!this.isStopping && Object.keys(this.topicSubscriptions).length === 0) {
      this.lastPollAt = elapsed() // nothing to ask for is no silence
      await pause(IDLE_MS, this.#cut.signal)
    }
    return super.poll()
  }

  /** To be called before the open poll is superseded on purpose, so that its end is not taken for a failure. */
  expectNudge(): void {
    this.#isNudged = this.isPolling
  }

  /** Ends polling; a poll that is still open may bring tasks, which the handler must give back while `isStopping`. */
  override stop(): void {
    this.isStopping = true
    super.stop()
    this.#freed()
  }

  /** Gives up the open poll. */
  cut(): void {
    this.#cut.abort()
  }

  readonly #freed = (): void => this.#onFree?.()

  async #freeHands(): Promise<void> {
    const { maxParallelExecutions } = this.options
    while (!this.isStopping && this.activeTasksCount >= maxParallelExecutions) {
      await new Promise<void>(resolve => { this.#onFree = resolve })
      await pause(COALESCE_MS, this.#cut.signal)
    }
  }
}

/**
 * Pause in ms before the next poll with so many tasks in hand: what is in hand lasts longer than that, and each poll costs the
 * engine as much as a task. Whoever has little to do asks at once.
 */
export function gatherPause(inHand: number): number {
  return inHand <= FEW ? 0 : Math.min(MOST_GATHER_MS, GATHER_STEP_MS * inHand)
}

/** A newer poll of the same worker took this one's place in the engine. */
function isSuperseded(error: unknown): boolean {
  return (error as { httpStatusCode?: number }).httpStatusCode === 503
}
