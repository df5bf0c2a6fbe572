import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Action = Schemas['OversightAction']
export type ActionQuery = Omit<NonNullable<paths['/sla/actions']['get']['parameters']['query']>, 'cursor' | 'limit'>
export type NewAction = paths['/sla/actions']['post']['requestBody']['content']['application/json']

export type ActionAbout = NonNullable<paths['/sla/actions/draft']['get']['parameters']['query']>
export type ActionDraft = paths['/sla/actions/draft']['get']['responses']['200']['content']['application/json']

/** What an action about this would say and to whom it would go. */
export function useActionDraft(about: ActionAbout, isAimed: boolean) {
  const query = Object.fromEntries(Object.entries(about).filter(([, value]) => value)) as ActionAbout
  return useQuery({ queryKey: ['action-draft', query], enabled: isAimed, queryFn: () => answer(api.GET('/sla/actions/draft', { params: { query } })) })
}

/** What calls for an action and has none yet. */
export function useProposals() {
  return useQuery({ queryKey: ['actions', 'proposals'], queryFn: async () => (await answer(api.GET('/sla/actions/proposals'))).proposals })
}

/** What was sent, the newest first, page after page. */
export function useActions(filter: ActionQuery) {
  return useInfiniteQuery({
    queryKey: ['actions', 'sent', filter],
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
    onSettled: () => { for (const key of ['actions', 'action-draft', 'audit']) void queries.invalidateQueries({ queryKey: [key] }) }
  }
  const send = useMutation({
    mutationFn: (body: NewAction) => answer(api.POST('/sla/actions', { body })), ...settled,
    onSuccess: ({ levelText, deadline }) => void message.success(`${levelText}已发出，${deadline} 前答复`)
  })
  const check = useMutation({
    mutationFn: ({ id, ...body }: { id: string; isSettled: boolean; remark?: string }) =>
      answer(api.POST('/sla/actions/{action}/check', { params: { path: { action: id } }, body })),
    ...settled,
    onSuccess: ({ levelText, stateText }) => void message.success(`${levelText}件现为：${stateText}`)
  })
  return { send, check }
}
