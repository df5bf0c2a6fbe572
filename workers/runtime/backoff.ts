/** Tries of one engine task before it becomes an incident. With the pauses below that is about eight and a half minutes. */
export const MAX_ATTEMPTS = 10

const BASE_MS = 1_000
const CAP_MS = 15 * 60_000

/** Pause in ms after the `attempt`-th failure (from 1): doubling from one second, ± 20 %, at most 15 minutes. */
export function backoff(attempt: number, random: () => number): number {
  const plain = BASE_MS * 2 ** Math.min(attempt - 1, 30)
  return Math.round(Math.min(CAP_MS, plain) * (0.8 + 0.4 * random()))
}

/** Pause in ms after the `errors`-th poll in a row that failed: a sick engine is asked ever less often, at most every 10 s. */
export function pollPause(errors: number, random: () => number): number {
  if (errors === 0) return 0
  return Math.round(Math.min(10_000, 100 * 2 ** Math.min(errors - 1, 10)) * (0.5 + 0.5 * random()))
}

/** Which attempt this is: the engine counts down from MAX_ATTEMPTS, a new task has no counter yet. */
export function attemptOf(retries: number | null): number {
  return retries === null ? 1 : Math.max(1, MAX_ATTEMPTS - retries + 1)
}

/** Waits `ms`, or until the signal; never rejects. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
