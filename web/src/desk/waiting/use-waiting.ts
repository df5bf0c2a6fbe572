import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

export type Waiting = paths['/window/waiting']['get']['responses']['200']['content']['application/json']['waiting'][number]

const REFRESH_MS = 5_000

/** Who waits at the counters here; asked again every few seconds, the minutes come from the server. */
export function useWaiting() {
  return useQuery({ queryKey: ['waiting'], queryFn: () => answer(api.GET('/window/waiting')), refetchInterval: REFRESH_MS })
}

/** Promises a call, or notes that the result was told. */
export function useCallBack() {
  const queries = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: 'promise' | 'told' }) =>
      answer(api.POST('/applications/{id}/call-back', { params: { path: { id } }, body: { action } })),
    onError: error => void message.error(error.message),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['waiting'] })
  })
}

/** What the applicant reads of it. */
export const WAITING_STATES: Readonly<Record<Waiting['state'], string>> = {
  waiting: '办理中，请稍候', ready: '已办结，请到窗口', promised: '已登记回访', 'to-call': '已办结，请回访'
}
