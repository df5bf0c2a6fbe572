import { jsonOf } from './http.ts'
import type { HttpAnswer } from './http.ts'

/**
 * What an answer of the engine means to a worker: `collision` passes when the same call is repeated at once; `gone`
 * and `foreign` say that the task is no longer ours (ended or withdrawn; locked by another worker). `failing` may pass
 * (the engine's database is away) or not (an expression of the model), `refused` will not.
 */
export type Verdict = 'ok' | 'collision' | 'gone' | 'foreign' | 'unavailable' | 'denied' | 'failing' | 'refused'

interface EngineProblem { readonly type?: string, readonly message?: string, readonly code?: number }

/** Codes of the engine: optimistic lock, database deadlock. */
const COLLISION_CODES = [1, 10_000]

/** Judges one answer by status and body; see the retry rule of the engine's collisions (docs/adr). */
export function judge(answer: HttpAnswer): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) return 'ok'
  const problem = (jsonOf(answer) ?? {}) as EngineProblem
  if (status === 404) return 'gone'
  if (status === 401 || status === 403) return 'denied'
  if (/cannot be .*by worker|is locked by worker/i.test(problem.message ?? '')) return 'foreign'
  if (isCollision(status, problem)) return 'collision'
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'unavailable'
  const isUncaught = /ENGINE-13033/.test(problem.message ?? '') // a BPMN error that the model does not catch
  return status >= 500 && !isUncaught ? 'failing' : 'refused'
}

/** One short line for log and incident: the engine's own words, cut to 300 characters. */
export function wordsOf(answer: HttpAnswer): string {
  const { message } = (jsonOf(answer) ?? {}) as EngineProblem
  return `${answer.status} ${message ?? ''}`.trim().slice(0, 300)
}

function isCollision(status: number, { type, message, code }: EngineProblem): boolean {
  return status === 500 && (COLLISION_CODES.includes(code ?? -1)
    || type === 'OptimisticLockingException' || type === 'ProcessEnginePersistenceException'
    || /ENGINE-03077/.test(message ?? ''))
}
