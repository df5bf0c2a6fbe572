import { useInfiniteQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'

export type BadRating = Schemas['Rating']
export type Opinion = Schemas['Feedback']

/** First part of the keys of both lists. */
export const VOICES = 'voices'
const LIMIT = 20

/** The next page begins after the last of a full one. */
const lastOf = (page: readonly { readonly id: string }[]) => (page.length < LIMIT ? undefined : page.at(-1)?.id)
const from = (after: string) => ({ limit: LIMIT, ...after && { after } })

/** Bad ratings that wait for a reply, or that were replied to, the oldest first. */
export function useBadRatings(state: 'open' | 'replied', isEnabled: boolean) {
  return useInfiniteQuery({
    queryKey: [VOICES, 'ratings', state], enabled: isEnabled,
    queryFn: async ({ pageParam }) => (await answer(api.GET('/ratings', { params: { query: { state, ...from(pageParam) } } }))).ratings,
    initialPageParam: '',
    getNextPageParam: lastOf
  })
}

/** Opinions in one state, the oldest first. */
export function useOpinions(status: Opinion['status'], isEnabled: boolean) {
  return useInfiniteQuery({
    queryKey: [VOICES, 'opinions', status], enabled: isEnabled,
    queryFn: async ({ pageParam }) => (await answer(api.GET('/feedback', { params: { query: { status, ...from(pageParam) } } }))).feedback,
    initialPageParam: '',
    getNextPageParam: lastOf
  })
}
