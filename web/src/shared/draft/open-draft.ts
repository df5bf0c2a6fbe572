import type { Prefill } from '../prefill.ts'
import type { Forms, Guide, Places } from '../region.ts'
import type { DraftStore } from './draft-store.ts'

/** One draft that is open, with all that its pages or panels share: on the applicant's telephone as at the counter. */
export interface OpenDraft {
  readonly id: string
  readonly store: DraftStore
  readonly forms: Forms
  readonly guide: Guide
  readonly places: Places
  /** What is known of the person, and from where. */
  readonly known: Prefill | undefined
}
