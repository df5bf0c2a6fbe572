import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import type { Draft } from '../draft/use-draft.ts'

export type Change = Schemas['ModelChange']
export type Release = Schemas['ModelRelease']

/** What a draft changes, and what that does to the cases under way. */
export function useImpact({ id, version }: Pick<Draft, 'id' | 'version'>) {
  return useQuery({
    queryKey: ['impact', id, version],
    queryFn: () => answer(api.POST('/drafts/{draft}/impact', { params: { path: { draft: id } } }))
  })
}

/** Text of one version; a version never changes. */
export function useVersionXml(key: string, version: number) {
  return useQuery({
    queryKey: ['version-xml', key, version], staleTime: Infinity,
    queryFn: () => answer(api.GET('/definitions/{key}/versions/{version}.xml', { params: { path: { key, version } }, parseAs: 'text' }))
  })
}

/** Versions of a model, the latest first, each with its release. */
export function useVersions(key: string) {
  return useQuery({
    queryKey: ['versions', key], enabled: key !== '',
    queryFn: () => answer(api.GET('/definitions/{key}/versions', { params: { path: { key } } }))
  })
}
