/** Why one thing is to be corrected, as far as it is written. */
export interface Mark {
  readonly reasonCode?: string
  readonly text?: string
}

/** What a clerk has written so far about a decision. */
export interface Draft {
  readonly reasonCode?: string
  readonly reasonText?: string
  /** By the field or material that is to be corrected. */
  readonly marks?: Readonly<Record<string, Mark>>
}

/** The draft with what one dialogue holds; what that dialogue does not ask for stays. */
export function merged(before: Draft, { marks, ...next }: Draft): Draft {
  const given = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined))
  return { ...before, ...given, ...(marks && { marks: { ...before.marks, ...marks } }) }
}

/** How far a draft is: nothing written, only in this page, on its way, on the server, or refused by it. */
export type DraftState = 'unwritten' | 'unclaimed' | 'saving' | 'saved' | 'failed'

interface Progress {
  /** What was written in this page. */
  readonly written: Draft | undefined
  /** What the server took last, and what it refused last. */
  readonly kept: Draft | undefined
  readonly refused: Draft | undefined
  readonly isMine: boolean
}

/** The server keeps a draft for the holder of the task alone, so until it is claimed none is on its way. */
export function draftState({ written, kept, refused, isMine }: Progress): DraftState {
  if (written === undefined) return kept === undefined ? 'unwritten' : 'saved'
  if (!isMine) return 'unclaimed'
  if (written === kept) return 'saved'
  return written === refused ? 'failed' : 'saving'
}
