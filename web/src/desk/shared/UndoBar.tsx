import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { Decided } from './decided.ts'
import { useKeys } from './use-keys.ts'

/** Offers to take the last decision back for as long as the engine has not been told. */
export function UndoBar({ decided, onEnd }: { decided: Decided; onEnd: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [now, setNow] = useState(() => Date.now())
  const left = Math.ceil((decided.until - now) / 1000)
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= decided.until) onEnd()
    }, 250)
    return () => clearInterval(timer)
  }, [decided.until, onEnd])
  const undo = useMutation({
    mutationFn: () => answer(api.POST('/tasks/{id}/undo', { params: { path: { id: decided.taskId } }, body: {} })),
    onSuccess: () => void navigate(`/tasks/${decided.taskId}`),
    onError: error => void message.error(error.message),
    onSettled: () => {
      onEnd()
      void queries.invalidateQueries()
    }
  })
  useKeys({ u: () => undo.mutate() })
  return (
    <div className="undo-bar" role="status">
      <span>已作出意见“{decided.label}”，{Math.max(left, 0)} 秒后生效。</span>
      <Button onClick={() => undo.mutate()} loading={undo.isPending}>撤销（u）</Button>
    </div>
  )
}
