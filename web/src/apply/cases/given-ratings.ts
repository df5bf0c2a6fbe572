import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { isFinal } from './case.ts'
import type { Case } from './case.ts'

export type Given = Schemas['Rating']

/** What the applicant has rated of a case, with the replies; nothing is asked before something can be rated. */
export function useGivenRatings(one: Case) {
  return useQuery({
    queryKey: ['ratings', one.id],
    queryFn: async () => (await answer(api.GET('/applications/{id}/ratings', { params: { path: { id: one.id } } }))).ratings,
    enabled: one.items.some(isFinal)
  })
}
