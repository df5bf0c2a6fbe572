import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { useAddress } from '../frame/use-address.ts'

type Query = NonNullable<paths['/sla/items']['get']['parameters']['query']>
export type Filters = Omit<Query, 'cursor' | 'limit'>

const NAMES = ['department', 'slug', 'division', 'channel', 'colour'] as const

/** The filters of the list. */
export const useFilters = () => useAddress<Filters>(NAMES)

/** The open items behind the board, page after page, the most urgent first. */
export function useItems(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['items', filters],
    queryFn: ({ pageParam }) => answer(api.GET('/sla/items', { params: { query: { ...filters, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: page => page.cursor,
    placeholderData: keepPreviousData
  })
}
