import { ApiError } from '../../shared/api.ts'

/** The server's words, and who holds the task where that is the reason. */
export function refusal(error: Error): string {
  const holder = error instanceof ApiError ? error.problem.holder : undefined
  return typeof holder === 'string' ? `${error.message}（签收人：${holder}）` : error.message
}
