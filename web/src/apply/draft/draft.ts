import { createContext, use, useSyncExternalStore } from 'react'
import type { Prefill } from '../../shared/prefill.ts'
import type { Forms, Guide, Places } from '../../shared/region.ts'
import type { DraftState, DraftStore } from '../../shared/draft/draft-store.ts'

/** What the pages of one draft share. */
export interface Draft {
  readonly id: string
  readonly store: DraftStore
  readonly forms: Forms
  readonly guide: Guide
  readonly places: Places
  /** What is known of the person, and from where. */
  readonly known: Prefill | undefined
}

export const DraftContext = createContext<Draft | null>(null)

/** The draft of the page, as it stands. */
export function useDraft(): Draft & { readonly state: DraftState } {
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
