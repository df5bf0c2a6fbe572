import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import type { Item } from './case.ts'

/** Takes one item back, after asking once more; the others go on. */
export function WithdrawItem({ id, item }: { id: string; item: Item }) {
  const [isAsked, setAsked] = useState(false)
  const [key] = useState(newKey)
  const queries = useQueryClient()
  const params = { path: { id, slug: item.slug }, header: { 'Idempotency-Key': key } }
  const withdraw = useMutation({
    mutationFn: () => answer(api.POST('/applications/{id}/items/{slug}/withdraw', { params, body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['case', id] })
  })
  if (withdraw.isSuccess) return <p role="status">正在撤回这个事项…</p>
  if (!isAsked) return <p><button type="button" className="link" onClick={() => setAsked(true)}>撤回这个事项</button></p>
  return (
    <div className="note">
      <p>撤回后这个事项不再办理，其他事项不受影响。确定撤回“{item.title}”吗？</p>
      <ErrorNote error={withdraw.error} />
      <p><button type="button" onClick={() => withdraw.mutate()}>确定撤回</button></p>
      <p><button type="button" className="quiet" onClick={() => setAsked(false)}>不撤回</button></p>
    </div>
  )
}
