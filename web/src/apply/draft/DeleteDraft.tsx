import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { useDraft } from './draft.ts'
import { readApplication } from '../../shared/draft/read-draft.ts'
import { forgetDraft } from './load-draft.ts'

/** Takes the draft away for good, after asking once more. */
export function DeleteDraft() {
  const { id, store } = useDraft()
  const [isAsked, setAsked] = useState(false)
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: async () => {
      store.stop()
      const { etag } = await readApplication(id)
      await answer(api.DELETE('/applications/{id}', { params: { path: { id }, header: { 'If-Match': etag } } }))
      forgetDraft(id)
    },
    onSuccess: () => navigate('/mine')
  })
  if (!isAsked) return <p><button type="button" className="link" onClick={() => setAsked(true)}>删除这份草稿</button></p>
  return (
    <div className="note">
      <p>删除后不能恢复，已上传的材料也会删除。确定要删除吗？</p>
      <ErrorNote error={remove.error} />
      <p><button type="button" onClick={() => remove.mutate()}>确定删除</button></p>
      <p><button type="button" className="quiet" onClick={() => setAsked(false)}>不删除</button></p>
    </div>
  )
}
