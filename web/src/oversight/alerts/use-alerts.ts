import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type NewSubscription = paths['/sla/alerts/subscriptions']['post']['requestBody']['content']['application/json']

const REFRESH_MS = 30_000

/** What one was told, and what one has asked for. */
export function useAlerts(isEnabled = true) {
  return useQuery({ queryKey: ['alerts'], queryFn: () => answer(api.GET('/sla/alerts')), refetchInterval: REFRESH_MS, enabled: isEnabled })
}

/** Asks, asks no more, and marks as read; a refusal is said in the server's words. */
export function useAlertMoves() {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const settled = {
    onError: (error: Error) => void message.error(error.message),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['alerts'] })
  }
  return {
    subscribe: useMutation({ mutationFn: (body: NewSubscription) => answer(api.POST('/sla/alerts/subscriptions', { body })), ...settled }),
    unsubscribe: useMutation({
      mutationFn: (subscription: string) => answer(api.DELETE('/sla/alerts/subscriptions/{subscription}', { params: { path: { subscription } } })), ...settled
    }),
    read: useMutation({ mutationFn: () => answer(api.POST('/sla/alerts/read', { body: {} })), ...settled })
  }
}
