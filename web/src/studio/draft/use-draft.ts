import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useOutletContext } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Draft = paths['/drafts/{draft}']['get']['responses']['200']['content']['application/json']

const keyOf = (id: string) => ['draft', id]

/** By which a save of a draft that is under way is found. */
export const savingKey = (id: string) => ['save-draft', id]

/** One draft with its text. */
export function useDraftQuery(id: string) {
  return useQuery({ queryKey: keyOf(id), queryFn: () => answer(api.GET('/drafts/{draft}', { params: { path: { draft: id } } })) })
}

/** The draft that the page around a tab has read. */
export function useDraft(): Draft {
  return useOutletContext<Draft>()
}

/** Saves a text over the version that it was made from; what the server then holds is what every tab sees. */
export function useSaveDraft(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationKey: savingKey(id),
    mutationFn: ({ xml, version }: { xml: string; version: number }) =>
      answer(api.PUT('/drafts/{draft}', { params: { path: { draft: id }, header: { 'If-Match': `"${version}"` } }, body: { xml } })),
    onSuccess: draft => {
      queries.setQueryData(keyOf(id), draft)
      for (const key of ['drafts', 'revisions', 'lint', 'impact']) void queries.invalidateQueries({ queryKey: [key] })
    },
    // Whoever gives up over a conflict goes on from what somebody else saved.
    onError: () => void queries.invalidateQueries({ queryKey: keyOf(id) })
  })
}
