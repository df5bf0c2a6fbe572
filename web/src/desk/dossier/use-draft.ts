import { useEffect, useState } from 'react'
import { answer, api } from '../../shared/api.ts'

/** What a clerk has written so far about a decision. */
export interface Draft {
  readonly reasonCode?: string
  readonly reasonText?: string
}

const PAUSE = 800

/** Keeps what is being written on the server, a moment after the last key; only the holder's is kept. */
export function useDraft(id: string, stored: Draft | null, isMine: boolean) {
  const [draft, setDraft] = useState<Draft>(stored ?? {})
  const [isChanged, setChanged] = useState(false)
  const [state, setState] = useState<'saved' | 'saving' | 'failed'>('saved')
  useEffect(() => {
    if (!isChanged || !isMine) return
    const timer = setTimeout(() => {
      answer(api.PUT('/tasks/{id}/draft', { params: { path: { id } }, body: draft as Record<string, never> }))
        .then(() => setState('saved'), () => setState('failed'))
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [id, draft, isChanged, isMine])
  const change = (next: Draft): void => {
    setChanged(true)
    setState('saving')
    setDraft(before => ({ ...before, ...next }))
  }
  return { draft, change, state }
}
