import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'

export type Task = Schemas['Task']
export type Filters = Schemas['TaskFilters'] & { readonly q?: string }

/** Whoever stands at a counter waits on while nothing changes. */
const A_MINUTE = 60_000

/** One queue with its filters, page after page. */
export function useTasks(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['tasks', filters],
    queryFn: ({ pageParam }) => answer(api.GET('/tasks', { params: { query: { ...filters, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: page => page.cursor,
    placeholderData: keepPreviousData,
    refetchInterval: filters.queue === 'counter' ? A_MINUTE : false
  })
}

/** How many tasks lie in each queue. */
export function useCounts() {
  return useQuery({ queryKey: ['counts'], queryFn: async () => (await answer(api.GET('/tasks/counts'))).counts })
}

/** Matters and divisions that one may filter by. */
export function useFilterOptions() {
  return useQuery({ queryKey: ['filter-options'], queryFn: () => answer(api.GET('/tasks/filters')), staleTime: Infinity })
}

/** Saved lists with the number of tasks in each. */
export function useViews() {
  return useQuery({ queryKey: ['views'], queryFn: async () => (await answer(api.GET('/tasks/views'))).views })
}
