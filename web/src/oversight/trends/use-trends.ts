import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import type { Cut } from '../frame/CutFilters.tsx'

type Answer<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } } ? T : never

export type Trend = Answer<'/sla/trend'>
export type Quality = Answer<'/sla/quality'>
export type Grain = Trend['grain']
export type Axis = Quality['by']

/** How the work went from period to period. */
export function useTrend(grain: Grain, cut: Cut) {
  return useQuery({
    queryKey: ['trend', grain, cut], placeholderData: keepPreviousData,
    queryFn: () => answer(api.GET('/sla/trend', { params: { query: { grain, ...cut } } }))
  })
}

/** How well it was done of late, along an axis. */
export function useQuality(by: Axis, cut: Cut) {
  return useQuery({
    queryKey: ['quality', by, cut], placeholderData: keepPreviousData,
    queryFn: () => answer(api.GET('/sla/quality', { params: { query: { by, ...cut } } }))
  })
}
