import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Summary = paths['/sla/summary']['get']['responses']['200']['content']['application/json']

const REFRESH_MS = 30_000

/** The board as of now. */
export function useSummary() {
  return useQuery({ queryKey: ['summary'], queryFn: () => answer(api.GET('/sla/summary')), refetchInterval: REFRESH_MS })
}

type Kind = keyof Summary['names']

/** What the codes of departments, matters and divisions are called; one that nobody knows shows itself. */
export function useNames(): (kind: Kind, key: string | null) => string {
  const { data } = useSummary()
  return (kind, key) => key ? data?.names[kind].find(one => one.key === key)?.title ?? key : '—'
}

/** Departments, matters or divisions to choose from. */
export function useChoices(): (kind: Kind) => { value: string; label: string }[] {
  const { data } = useSummary()
  return kind => (data?.names[kind] ?? []).map(({ key, title }) => ({ value: key, label: title }))
}
