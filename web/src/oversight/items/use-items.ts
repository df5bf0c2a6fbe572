import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

type Query = NonNullable<paths['/sla/items']['get']['parameters']['query']>
export type Filters = Omit<Query, 'cursor' | 'limit'>

const NAMES = ['department', 'slug', 'division', 'channel', 'colour'] as const

/** The filters of the list; they live in the address, so that a list can be returned to and sent to a colleague. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams()
  const filters = Object.fromEntries(NAMES.flatMap(name => (params.get(name) ? [[name, params.get(name)]] : []))) as Filters
  const change = (next: Partial<Filters>): void => {
    const set = Object.entries({ ...filters, ...next }).filter(([, value]) => value !== undefined)
    setParams(Object.fromEntries(set), { replace: true })
  }
  return [filters, change]
}

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
