import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Load = paths['/sla/load']['get']['responses']['200']['content']['application/json']
export type LoadQuery = NonNullable<paths['/sla/load']['get']['parameters']['query']>
export type LoadMove = paths['/sla/load']['post']['requestBody']['content']['application/json']

/** Who has how much to do. */
export function useLoad(query: LoadQuery) {
  return useQuery({ queryKey: ['load', query], queryFn: () => answer(api.GET('/sla/load', { params: { query } })) })
}

/** Moves tasks to somebody else; a refusal is said in the server's words. */
export function useMoveLoad() {
  const queries = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: (body: LoadMove) => answer(api.POST('/sla/load', { body })),
    onError: (error: Error) => void message.error(error.message),
    onSuccess: ({ moved, refused }) => void message.success(`已调配 ${moved} 件${refused > 0 ? `，另有 ${refused} 件刚被认领或办结，未调` : ''}`),
    onSettled: () => { for (const key of ['load', 'items', 'audit']) void queries.invalidateQueries({ queryKey: [key] }) }
  })
}
