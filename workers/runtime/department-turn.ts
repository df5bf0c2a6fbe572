import { AppError, RetryableError } from '../../core/errors.ts'
import type { DepartmentReply } from '../../core/matter.ts'
import { readReply } from './department-reply.ts'
import { retryAfterMs, TransportError } from './http.ts'
import type { HttpAnswer } from './http.ts'

/**
 * What one exchange with a department came to. `doubt`: it may have acted; `unknown`: it has never seen the request;
 * `pending`: it works on it; `fault`: it has not acted and says why.
 */
export type Turn =
  | { readonly kind: 'reply', readonly reply: DepartmentReply }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'pending' | 'doubt' | 'fault', readonly error: AppError }

export interface Exchange {
  readonly method: 'GET' | 'POST'
  readonly requestId: string
  readonly needsReceipt: boolean
  /** Instant in ms, for a Retry-After that names a date. */
  readonly now: number
}

/** Judges an answer, or the lack of one. */
export function turnOf(answer: HttpAnswer | TransportError, exchange: Exchange): Turn {
  if (answer instanceof TransportError) return silence(answer)
  if (answer.status !== 200) return verdict(answer, exchange)
  const reading = readReply(answer, exchange.requestId, exchange.needsReceipt)
  if (reading.kind === 'reply') return reading
  if (reading.kind === 'processing') return { kind: 'pending', error: new RetryableError('DEPARTMENT_TIMEOUT', { retryAfter: 2 }) }
  return { kind: 'doubt', error: new RetryableError(reading.code) }
}

/** The reply, or the error that the turn stands for. */
export function settle(turn: Turn): DepartmentReply {
  if (turn.kind === 'reply') return turn.reply
  throw turn.kind === 'unknown' ? new RetryableError('DEPARTMENT_UNAVAILABLE') : turn.error
}

/** One word for metrics and audit. */
export function resultOf(turn: Turn): string {
  if (turn.kind === 'reply') return turn.reply.status === 'done' ? 'ok' : 'REFUSED'
  return turn.kind === 'unknown' ? 'NOT_FOUND' : turn.error.code
}

function silence({ isSent, code }: TransportError): Turn {
  if (!isSent) return { kind: 'fault', error: new RetryableError('DEPARTMENT_UNAVAILABLE') }
  const isBroken = code === 'REPLY_TOO_LARGE'
  return { kind: 'doubt', error: new RetryableError(isBroken ? 'DEPARTMENT_REPLY_INVALID' : 'DEPARTMENT_TIMEOUT') }
}

function verdict(answer: HttpAnswer, { method, now }: Exchange): Turn {
  const { status } = answer
  if (status === 404 && method === 'GET') return { kind: 'unknown' }
  const pauseMs = retryAfterMs(answer.headers, now)
  const after = pauseMs === undefined ? {} : { retryAfter: Math.ceil(pauseMs / 1000) }
  if (status === 503 || status === 429) {
    const code = status === 503 && pauseMs !== undefined ? 'DEPARTMENT_MAINTENANCE' : 'DEPARTMENT_UNAVAILABLE'
    return { kind: 'fault', error: new RetryableError(code, after) }
  }
  if (status >= 500 || status === 408) return { kind: 'doubt', error: new RetryableError('DEPARTMENT_UNAVAILABLE', after) }
  if (status === 409) return { kind: 'fault', error: new AppError('REQUEST_ID_REUSED') }
  if (status >= 400) {
    return { kind: 'fault', error: new AppError('DEPARTMENT_REFUSED', { detail: `部门系统未受理请求（${status}），请由人工核查。` }) }
  }
  return { kind: 'doubt', error: new RetryableError('DEPARTMENT_REPLY_INVALID') }
}
