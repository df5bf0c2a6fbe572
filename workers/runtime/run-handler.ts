import { redact } from '../../core/log.ts'
import { AppError, ProcessError, RetryableError } from '../../core/errors.ts'
import { attemptOf, backoff, MAX_ATTEMPTS } from './backoff.ts'
import type { EngineVariables } from './engine-api.ts'
import { Postponed } from './postponed.ts'

/** What the engine is to be told about a task. `retries` 0 is an incident; `retryTimeout` in ms. */
export type Outcome =
  | { readonly kind: 'complete', readonly variables: EngineVariables }
  | { readonly kind: 'process-error', readonly code: string, readonly message: string }
  | {
    readonly kind: 'failure', readonly code: string, readonly message: string, readonly details: string
    readonly retries: number, readonly retryTimeout: number
  }

/** Runs the work of a task and turns whatever happens into an outcome; never rejects. */
export async function runHandler(
  work: () => Promise<EngineVariables>, retries: number | null, random: () => number = Math.random
): Promise<Outcome> {
  try {
    return { kind: 'complete', variables: await work() }
  } catch (error) {
    return outcomeOf(error, retries, random)
  }
}

/** ProcessError: BPMN error of its code. RetryableError: once more, later. Postponed: later, not counted. Others: incident. */
export function outcomeOf(error: unknown, retries: number | null, random: () => number = Math.random): Outcome {
  if (error instanceof ProcessError) return { kind: 'process-error', code: error.code, message: redact(error.message) }
  const left = retriesAfter(error, retries)
  return {
    kind: 'failure',
    code: error instanceof AppError ? error.code : 'INTERNAL',
    message: messageOf(error),
    details: framesOf(error),
    retries: left,
    retryTimeout: left === 0 ? 0 : pauseAfter(error, retries, random)
  }
}

/** How many tries remain after this error, 0 when it is final. `retries` as the engine counts them, null for a first try. */
export function retriesAfter(error: unknown, retries: number | null): number {
  const now = retries ?? MAX_ATTEMPTS
  if (error instanceof Postponed) return now
  return error instanceof RetryableError ? Math.max(0, now - 1) : 0
}

/** The longest pause that a department's Retry-After may ask for. */
const MAX_PAUSE_MS = 15 * 60_000

function pauseAfter(error: unknown, retries: number | null, random: () => number): number {
  const own = backoff(attemptOf(retries), random)
  const asked = error instanceof AppError && error.retryAfter !== undefined ? error.retryAfter * 1000 : undefined
  if (error instanceof Postponed) return Math.round(Math.min(MAX_PAUSE_MS, asked ?? 2_000) * (1 + 0.4 * random()))
  return asked === undefined ? own : Math.min(MAX_PAUSE_MS, Math.round(Math.max(own, asked) * (1 + 0.1 * random())))
}

/** The engine stores what it is told: our own sentences only, since the text of a foreign error may quote a person's data. */
function messageOf(error: unknown): string {
  if (error instanceof AppError) return redact(`${error.code} ${error.message}`).slice(0, 500)
  return `INTERNAL ${error instanceof Error ? error.name : typeof error}`
}

/** Where it happened, without the message. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? '' : ''
  return stack.split('\n').filter(line => /^\s+at /.test(line)).map(line => line.trim()).slice(0, 10).join('\n')
}
