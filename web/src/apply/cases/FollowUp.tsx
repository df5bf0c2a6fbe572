import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Ticks } from '../frame/Ticks.tsx'

interface FollowUpProps {
  readonly id: string
  readonly ratingId: string
  readonly levels: readonly { readonly value: string; readonly label: string }[]
  readonly onCancel: () => void
}

/** 追评: the one further rating, with a level and words of one's own. */
export function FollowUp({ id, ratingId, levels, onCancel }: FollowUpProps) {
  const [level, setLevel] = useState<string>()
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const [key] = useState(newKey)
  const queries = useQueryClient()
  const params = { path: { id, rating: ratingId }, header: { 'Idempotency-Key': key } }
  const add = useMutation({
    mutationFn: (chosen: string) =>
      answer(api.POST('/applications/{id}/ratings/{rating}/follow-up', { params, body: { level: Number(chosen), text: text.trim() || null } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['ratings', id] })
  })
  const submit = (): void => {
    setTried(true)
    if (level !== undefined) add.mutate(level)
  }
  return (
    <form noValidate onSubmit={event => { event.preventDefault(); submit() }}>
      <p className="hint">追评只有一次，提交后不能修改。</p>
      <Ticks
        id={`field-again-${ratingId}`} legend="现在您满意吗？" isMultiple={false} choices={levels} chosen={level ? [level] : []}
        onToggle={setLevel}
      />
      <div className="field">
        <label htmlFor={`field-words-${ratingId}`}>还想说什么（选填）</label>
        <textarea id={`field-words-${ratingId}`} rows={3} maxLength={2000} value={text} onChange={event => setText(event.target.value)} />
      </div>
      {isTried && level === undefined && <p className="mistake" role="alert">请选择一个等次</p>}
      <ErrorNote error={add.error} />
      <div className="actions">
        <button type="submit" className="wide">提交追评</button>
        <button type="button" className="quiet wide" onClick={onCancel}>不追评了</button>
      </div>
    </form>
  )
}
