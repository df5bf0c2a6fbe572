import { createContext, useContext } from 'react'

/** A decision that was just taken, and until when (ms of this browser's clock) it can be taken back. */
export interface Decided {
  readonly taskId: string
  readonly label: string
  readonly until: number
}

export interface DeskActions {
  /** Notes a decision, so that it can be undone from any page. */
  readonly onDecided: (decided: Decided) => void
  /** Claims the most urgent task and opens it. */
  readonly takeNext: () => void
}

export const DeskContext = createContext<DeskActions>({ onDecided: () => undefined, takeNext: () => undefined })

export const useDesk = (): DeskActions => useContext(DeskContext)
