import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { answer, api } from '../../shared/api.ts'

const KEY = 'received'
const MOST = 100
const REFRESH_MS = 60_000

/** What supervisors sent to this desk, the newest first, page after page. */
export function useReceived() {
  return useInfiniteQuery({
    queryKey: [KEY, 'all'],
    queryFn: ({ pageParam }) => answer(api.GET('/sla/actions', { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: '',
    getNextPageParam: page => page.cursor
  })
}

/** How many of them wait for an answer; as many as one page holds are counted. */
export function useWaiting() {
  return useQuery({
    queryKey: [KEY, 'waiting'], refetchInterval: REFRESH_MS,
    queryFn: async () => {
      const pages = (['sent', 'acknowledged'] as const).map(state => answer(api.GET('/sla/actions', { params: { query: { state, limit: MOST } } })))
      return (await Promise.all(pages)).reduce((sum, { actions }) => sum + actions.length, 0)
    }
  })
}

export interface Reply {
  readonly action: string
  readonly text: string
  readonly proof?: string
  /** What proves the answer; it is handed in before the answer. */
  readonly file?: File
}

function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file)
  return form
}

/** Takes note of one, or answers what was done. */
export function useReplies() {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const settled = {
    onError: (error: Error) => void message.error(error.message),
    onSettled: () => void queries.invalidateQueries({ queryKey: [KEY] })
  }
  const acknowledge = useMutation({
    mutationFn: (action: string) => answer(api.POST('/sla/actions/{action}/acknowledge', { params: { path: { action } }, body: {} })),
    ...settled, onSuccess: () => void message.success('已签收')
  })
  const reply = useMutation({
    mutationFn: async ({ action, file, ...body }: Reply) => {
      const path = { action }
      if (file) await answer(api.POST('/sla/actions/{action}/proof', { params: { path }, body: { file: '' }, bodySerializer: () => formOf(file) }))
      return answer(api.POST('/sla/actions/{action}/answer', { params: { path }, body }))
    },
    ...settled, onSuccess: () => void message.success('答复已提交')
  })
  return { acknowledge, reply }
}
