import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useNavigate } from 'react-router'
import { answer, api, ApiError } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { valueAt } from '../../shared/form/pointer.ts'
import { withoutUnasked } from '../../shared/form/schema.ts'
import { newKey } from '../../shared/key.ts'
import type { OpenDraft } from '../../shared/draft/open-draft.ts'
import type { Signed } from './SigningPanel.tsx'

export type Intake = Schemas['Intake']

export const intakeKey = (id: string) => ['intake', id] as const

/** What the counter has noted beside the form. */
export function useIntake(id: string) {
  return useQuery({ queryKey: intakeKey(id), queryFn: () => answer(api.GET('/applications/{id}/intake', { params: { path: { id } } })) })
}

interface Submission {
  readonly confirmed: readonly string[]
  readonly signed: Signed
}

/** Saves, notes the signing and submits, once however often it is tried; then the page with the papers follows. */
export function useSubmit({ id, store, forms }: OpenDraft) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const key = useRef(newKey())
  return useMutation({
    mutationFn: async ({ confirmed, signed: { way, witness, signature, hasSignedCopies } }: Submission) => {
      prune({ store, forms })
      if (!await store.save()) throw new Error(store.current().hindrance?.message ?? '草稿没有保存，请稍后再试。')
      if (store.current().problems.length > 0) throw new Error('申请表还有内容要改正，请看标红的各项。')
      const path = { params: { path: { id } } }
      const body = { way: way ?? 'paper', copiesSigned: hasSignedCopies, ...(way === 'fingerprint' && { witness }) }
      const params = { path: { id }, header: { 'Idempotency-Key': key.current } }
      try {
        await answer(api.PUT('/applications/{id}/signing', { ...path, body }))
        await answer(api.POST('/applications/{id}/submit', {
          params, body: { confirmedNotices: [...confirmed], declarationAccepted: true, signature: way === 'screen' ? signature : null }
        }))
      } catch (error) {
        // An answer was lost on the way: it is submitted, which is what was wanted.
        if (!(error instanceof ApiError) || error.code !== 'ALREADY_SUBMITTED') throw error
      }
    },
    onSuccess: () => {
      store.stop()
      queries.removeQueries({ queryKey: ['intake-draft', id] })
      void navigate(`/intake/${id}/done`, { replace: true })
    }
  })
}

/** What is no longer asked is not sent. */
function prune({ store, forms }: Pick<OpenDraft, 'store' | 'forms'>): void {
  const { body } = store.current()
  const parts = [['/common', forms.common] as const, ...body.matters.map(slug => [`/items/${slug}`, forms.matters[slug]] as const)]
  for (const [pointer, part] of parts) {
    const value = valueAt(body, pointer)
    const asked = part && withoutUnasked(part.schema, value)
    if (JSON.stringify(asked) !== JSON.stringify(value)) store.change(pointer, asked)
  }
}
