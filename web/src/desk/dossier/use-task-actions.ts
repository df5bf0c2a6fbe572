import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { useDesk } from '../shared/decided.ts'
import { refusal } from '../shared/refusal.ts'

export type CompleteBody = NonNullable<paths['/tasks/{id}/complete']['post']['requestBody']>['content']['application/json']
export type VerdictBody = NonNullable<paths['/tasks/{id}/verdicts']['post']['requestBody']>['content']['application/json']

/** Everything that can be done with one task; each refusal is said, and what it means for the page is read anew. */
export function useTaskActions(id: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { onDecided } = useDesk()
  const path = { params: { path: { id } } }
  const settled = {
    onError: (error: Error) => void message.error(refusal(error)),
    onSettled: () => { for (const key of ['dossier', 'tasks', 'counts']) void queries.invalidateQueries({ queryKey: [key] }) }
  }
  const claim = useMutation({ mutationFn: () => answer(api.POST('/tasks/{id}/claim', { ...path, body: {} })), ...settled })
  const unclaim = useMutation({ mutationFn: () => answer(api.POST('/tasks/{id}/unclaim', { ...path, body: {} })), ...settled })
  const verdict = useMutation({ mutationFn: (body: VerdictBody) => answer(api.POST('/tasks/{id}/verdicts', { ...path, body })), ...settled })
  const note = useMutation({ mutationFn: (text: string) => answer(api.POST('/tasks/{id}/notes', { ...path, body: { text } })), ...settled })
  const opinion = useMutation({ mutationFn: (text: string) => answer(api.POST('/tasks/{id}/opinion', { ...path, body: { text } })), ...settled })
  const endSpecial = useMutation({ mutationFn: () => answer(api.POST('/tasks/{id}/special/end', { ...path, body: {} })), ...settled })
  const startSpecial = useMutation({
    mutationFn: (body: { kind: string; reason: string }) => answer(api.POST('/tasks/{id}/special', { ...path, body })), ...settled
  })
  const complete = useMutation({
    mutationFn: async ({ label, ...body }: CompleteBody & { label: string }) => {
      const { undoSeconds = 0, status } = await answer(api.POST('/tasks/{id}/complete', { ...path, body }))
      return { label, undoSeconds, status }
    },
    ...settled,
    onSuccess: ({ label, undoSeconds, status }) => {
      if (status === 'proposed') void message.info(`已提出意见“${label}”，等待另一人复核`)
      else if (undoSeconds > 0) onDecided({ taskId: id, label, until: Date.now() + undoSeconds * 1000 })
      else void message.success(`已作出意见“${label}”`)
      void navigate('/')
    }
  })
  return { claim, unclaim, verdict, note, opinion, startSpecial, endSpecial, complete }
}

export type TaskActions = ReturnType<typeof useTaskActions>
