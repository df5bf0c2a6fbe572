import { useIsMutating } from '@tanstack/react-query'
import { Spin } from 'antd'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { savingKey } from './use-draft.ts'

/** What edits a draft, once no save of it is under way: what was left here a moment ago is still on its way to the server. */
export function SavedFirst({ draft, children }: { draft: string; children: ReactNode }) {
  const isSaving = useIsMutating({ mutationKey: savingKey(draft) }) > 0
  const [isReady, setReady] = useState(!isSaving)
  if (!isReady && isSaving) return <Spin description="正在保存" />
  if (!isReady) setReady(true)
  return children
}
