import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Heat = paths['/sla/heat/{key}/versions/{version}']['get']['responses']['200']['content']['application/json']
export type Activity = Heat['activities'][number]

/** The processes of the region, each with its latest version. */
export function useProcesses() {
  return useQuery({
    queryKey: ['definitions'],
    queryFn: async () => (await answer(api.GET('/definitions'))).definitions.filter(({ kind }) => kind === 'process')
  })
}

/** The diagram of one version and what passed through it. */
export function useHeat(key: string, version: number) {
  const path = { key, version }
  return useQuery({
    queryKey: ['heat', key, version],
    queryFn: async () => {
      const [heat, xml] = await Promise.all([
        answer(api.GET('/sla/heat/{key}/versions/{version}', { params: { path } })),
        answer(api.GET('/definitions/{key}/versions/{version}.xml', { params: { path }, parseAs: 'text' }))
      ])
      return { heat, xml }
    }
  })
}
