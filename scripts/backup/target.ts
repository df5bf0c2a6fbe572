/** What a place holds before anything is restored into it; `left over`: also what an interrupted restore had put aside. */
export type Held = 'nothing' | 'something' | 'in use' | 'left over'

/** What was there before, kept until everything is in its new place. */
export interface KeptAside {
  putBack(): Promise<void>
  forget(): Promise<unknown>
}

/** Name under which something waits while its successor is brought in. */
export const aside = (path: string): string => `${path}.before-restore`
