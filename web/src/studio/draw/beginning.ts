import type { Draft } from '../draft/use-draft.ts'
import { keptOf } from './kept.ts'

/** What the modeller opens with. */
export interface Beginning {
  readonly xml: string
  /** Version of the draft that it was drawn over. */
  readonly version: number
  /** The server does not have it yet: it comes from a file, or the browser kept it of a save that never arrived. */
  readonly isUnsaved: boolean
  readonly isKept: boolean
  /** Grows with each new beginning. */
  readonly round: number
}

export function firstBeginning({ id, xml, version }: Draft): Beginning {
  const kept = keptOf(id)
  const isKept = kept !== undefined && kept.xml !== xml
  return { xml: isKept ? kept.xml : xml, version: isKept ? kept.version : version, isUnsaved: isKept, isKept, round: 0 }
}

/** A new beginning, by the text of a file or by what the server holds. */
export function nextBeginning({ xml, version }: Draft, round: number, imported?: string): Beginning {
  return { xml: imported ?? xml, version, isUnsaved: imported !== undefined, isKept: false, round: round + 1 }
}
