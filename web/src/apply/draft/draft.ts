import { createContext, use, useSyncExternalStore } from 'react'
import type { DraftState } from '../../shared/draft/draft-store.ts'
import type { OpenDraft } from '../../shared/draft/open-draft.ts'

export const DraftContext = createContext<OpenDraft | null>(null)

/** The draft of the page, as it stands. */
export function useDraft(): OpenDraft & { readonly state: DraftState } {
  const draft = use(DraftContext)
  if (!draft) throw new Error('outside of a draft')
  const state = useSyncExternalStore(draft.store.subscribe, draft.store.current)
  return { ...draft, state }
}

/** Name of the common part among the pages of a draft. */
export const PERSON = 'person'

/** The pages of a draft in their order, by the last part of their address. */
export function stepsOf(matters: readonly string[]): string[] {
  return [PERSON, ...matters, 'materials', 'review', 'declare']
}

/** JSON pointer of the part of the form that a page asks for. */
export function pointerOf(step: string): string {
  return step === PERSON ? '/common' : `/items/${step}`
}

/** The page on which a field stands. */
export function stepOf(pointer: string): string {
  const [, part, slug] = pointer.split('/')
  return part === 'items' && slug ? slug : PERSON
}
