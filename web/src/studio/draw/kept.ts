/** What was drawn and has not reached the server, kept in this browser until it has: a diagram holds nobody's data. */
export interface Kept {
  readonly xml: string
  /** Version of the draft that it was drawn over. */
  readonly version: number
}

const keyOf = (draft: string): string => `studio-draft-${draft}`

export function keep(draft: string, kept: Kept): void {
  try {
    localStorage.setItem(keyOf(draft), JSON.stringify(kept))
  } catch {
    // A full store: the save to the server that follows is what counts.
  }
}

export function keptOf(draft: string): Kept | undefined {
  const text = localStorage.getItem(keyOf(draft))
  return text ? JSON.parse(text) as Kept : undefined
}

export function forget(draft: string): void {
  localStorage.removeItem(keyOf(draft))
}
