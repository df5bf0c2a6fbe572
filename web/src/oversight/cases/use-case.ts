import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Attribution = paths['/sla/attribution']['get']['responses']['200']['content']['application/json']
export type AuditEvent = paths['/audit']['get']['responses']['200']['content']['application/json']['events'][number]
export type AuditQuery = Omit<NonNullable<paths['/audit']['get']['parameters']['query']>, 'cursor' | 'limit'>

/** Who held the items of a case, and for how long; without one, on the whole those that were decided of late. */
export function useAttribution(applicationId?: string) {
  return useQuery({
    queryKey: ['attribution', applicationId],
    queryFn: () => answer(api.GET('/sla/attribution', { params: { query: applicationId === undefined ? {} : { applicationId } } }))
  })
}

/** The audit trail, the newest first, page after page. */
export function useAudit(filter: AuditQuery) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => answer(api.GET('/audit', { params: { query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: page => page.cursor
  })
}
