import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Draft } from '../draft/use-draft.ts'

/** What the rules of docs/lint find in a draft as it is saved; what was found before stays until the answer is there. */
export function useFindings({ id, version }: Pick<Draft, 'id' | 'version'>) {
  return useQuery({
    queryKey: ['lint', id, version], placeholderData: keepPreviousData,
    queryFn: async () => (await answer(api.POST('/drafts/{draft}/lint', { params: { path: { draft: id } } }))).findings
  })
}
