import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'

/** Drafts of the region, those touched last first. */
export function useDrafts() {
  return useQuery({ queryKey: ['drafts'], queryFn: async () => (await answer(api.GET('/drafts'))).drafts })
}

/** What is in force in the region: processes and tables with their names. */
export function useDefinitions() {
  return useQuery({ queryKey: ['definitions'], staleTime: 60_000, queryFn: async () => (await answer(api.GET('/definitions'))).definitions })
}

/** Name of a model by its key; the key itself until the names are there. */
export function useModelName(): (key: string) => string {
  const { data = [] } = useDefinitions()
  return key => data.find(one => one.key === key)?.name ?? key
}
