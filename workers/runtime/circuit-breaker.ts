import { elapsed } from '../../core/elapsed.ts'

export interface BreakerOptions {
  /** Failures in a row that open the circuit. */
  readonly threshold?: number
  /** First pause in ms; doubles with each failed probe. */
  readonly openMs?: number
  readonly maxOpenMs?: number
  readonly now?: () => number
}

export type BreakerState = 'closed' | 'open' | 'half-open'

/**
 * Spares a department that does not answer: after some failures in a row nobody calls it for a while, then a single
 * caller tries (half open); its success lets all others in again.
 */
export class CircuitBreaker {
  readonly #threshold: number
  readonly #openMs: number
  readonly #maxOpenMs: number
  readonly #now: () => number
  #failures = 0
  #openings = 0
  #openUntil = 0
  #isProbing = false

  constructor({ threshold = 5, openMs = 2_000, maxOpenMs = 15_000, now = elapsed }: BreakerOptions = {}) {
    this.#threshold = threshold
    this.#openMs = openMs
    this.#maxOpenMs = maxOpenMs
    this.#now = now
  }

  get state(): BreakerState {
    if (this.#openings === 0) return 'closed'
    return this.#now() < this.#openUntil ? 'open' : 'half-open'
  }

  /** 0 when a call may be made (it must then be answered by `succeed` or `fail`), else the ms to wait before asking again. */
  enter(): number {
    if (this.state === 'closed') return 0
    if (this.state === 'open') return this.#openUntil - this.#now()
    if (this.#isProbing) return this.#openMs
    this.#isProbing = true
    return 0
  }

  /** The department answered, be it with a refusal. */
  succeed(): void {
    this.#failures = 0
    this.#openings = 0
    this.#isProbing = false
  }

  /** No answer, or one that says that it is not working; `pauseMs` when it said for how long. */
  fail(pauseMs = 0): void {
    this.#failures++
    const wasProbe = this.#isProbing
    this.#isProbing = false
    if (!wasProbe && this.state === 'open') return
    if (!wasProbe && this.#failures < this.#threshold && pauseMs === 0) return
    const pause = Math.max(pauseMs, this.#openMs * 2 ** Math.min(this.#openings, 20))
    this.#openings++
    this.#openUntil = this.#now() + Math.min(this.#maxOpenMs, pause)
  }

  /** The call ended without saying anything about the department (given up by us). */
  release(): void {
    this.#isProbing = false
  }
}
