import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { draftState, merged } from './draft.ts'
import type { Draft } from './draft.ts'
import type { Dossier } from './use-dossier.ts'

const PAUSE = 800

interface Options {
  readonly isMine: boolean
  /** The decision itself is on its way, after which no draft is wanted. */
  readonly isSending: boolean
}

/**
 * Keeps what is being written on the server, a moment after the last key or when the page is left; until the task is one's own,
 * in the page.
 */
export function useDraft({ task: { id, draft: stored } }: Dossier, { isMine, isSending }: Options) {
  const queries = useQueryClient()
  const [written, setWritten] = useState<Draft>()
  const [taken, setTaken] = useState<Draft>()
  const [refused, setRefused] = useState<Draft>()
  const kept = taken ?? stored as Draft | null ?? undefined
  const state = draftState({ written, kept, refused, isMine })
  const isDue = state === 'saving' && !isSending
  const save = useEffectEvent(async (draft: Draft) => {
    await answer(api.PUT('/tasks/{id}/draft', { params: { path: { id } }, body: draft as Record<string, never> }))
    queries.setQueryData<Dossier>(['dossier', id], known => known && { ...known, task: { ...known.task, draft } as Dossier['task'] })
  })
  useEffect(() => {
    if (!isDue || !written) return
    const timer = setTimeout(() => void save(written).then(() => setTaken(written), () => setRefused(written)), PAUSE)
    return () => clearTimeout(timer)
  }, [isDue, written])
  const leave = useEffectEvent(() => { if (isDue && written) void save(written).catch(() => undefined) })
  useEffect(() => () => leave(), [])
  const draft = written ?? kept ?? {}
  return { draft, state, change: (next: Draft) => setWritten(merged(draft, next)) }
}
