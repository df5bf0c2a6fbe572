import { ApiError, answer, api } from '../../shared/api.ts'
import { forgetDraft } from '../draft/load-draft.ts'

export interface Submission {
  readonly confirmedNotices: string[]
  readonly declarationAccepted: boolean
  readonly signature: string | null
}

/**
 * Submits a draft and gives the number. Of several tries the server takes one; a draft that turns out to be submitted already,
 * since an answer was lost, is what was wanted.
 * @throws ApiError
 */
export async function submit(id: string, submission: Submission): Promise<string> {
  const params = { path: { id } }
  const { number } = await answer(api.POST('/applications/{id}/submit', { params, body: submission })).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'ALREADY_SUBMITTED') return { number: String(error.problem.number) }
    throw error
  })
  forgetDraft(id)
  return number
}
