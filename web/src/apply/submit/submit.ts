import { ApiError, answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import { readKept, writeKept } from '../kept.ts'
import { forgetDraft } from '../draft/load-draft.ts'

export interface Submission {
  readonly confirmedNotices: string[]
  readonly declarationAccepted: boolean
  readonly signature: string | null
}

/**
 * Submits a draft and gives the number. A try whose answer was lost is repeated under the same key; a draft that turns out to be
 * submitted already is what was wanted.
 * @throws ApiError
 */
export async function submit(id: string, submission: Submission): Promise<string> {
  const params = { path: { id }, header: { 'Idempotency-Key': keyOf(id, submission) } }
  const { number } = await answer(api.POST('/applications/{id}/submit', { params, body: submission })).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'ALREADY_SUBMITTED') return { number: String(error.problem.number) }
    throw error
  })
  forgetDraft(id)
  writeKept(`submit:${id}`, null)
  return number
}

/** One key for one content: another signature is another request. */
function keyOf(id: string, submission: Submission): string {
  const content = JSON.stringify(submission)
  const kept = readKept<{ content: string; key: string }>(`submit:${id}`)
  if (kept?.content === content) return kept.key
  const key = newKey()
  writeKept(`submit:${id}`, { content, key })
  return key
}
