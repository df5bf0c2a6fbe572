import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Action = Schemas['OversightAction']
export type ActionQuery = Omit<NonNullable<paths['/sla/actions']['get']['parameters']['query']>, 'cursor' | 'limit'>
export type NewAction = paths['/sla/actions']['post']['requestBody']['content']['application/json']

/** What was sent, the newest first, page after page. */
export function useActions(filter: ActionQuery) {
  return useInfiniteQuery({
    queryKey: ['actions', filter],
    queryFn: ({ pageParam }) => answer(api.GET('/sla/actions', { params: { query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: page => page.cursor
  })
}

/** Sends an action, or settles and returns what was answered; a refusal is said in the server's words. */
export function useActionMoves() {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const settled = {
    onError: (error: Error) => void message.error(error.message),
    onSettled: () => { for (const key of ['actions', 'audit']) void queries.invalidateQueries({ queryKey: [key] }) }
  }
  const send = useMutation({
    mutationFn: (body: NewAction) => answer(api.POST('/sla/actions', { body })), ...settled,
    onSuccess: ({ levelText, deadline }) => void message.success(`${levelText}已发出，${deadline} 前答复`)
  })
  const check = useMutation({
    mutationFn: ({ id, isSettled }: { id: string; isSettled: boolean }) =>
      answer(api.POST('/sla/actions/{action}/check', { params: { path: { action: id } }, body: { isSettled } })),
    ...settled,
    onSuccess: ({ levelText, stateText }) => void message.success(`${levelText}件现为：${stateText}`)
  })
  return { send, check }
}
