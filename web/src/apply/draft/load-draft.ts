import type { Schemas } from '../../shared/api.ts'
import { DraftStore } from '../../shared/draft/draft-store.ts'
import type { DraftBody } from '../../shared/draft/draft-store.ts'
import { bodyOf, portOf, readApplication } from '../../shared/draft/read-draft.ts'
import { readKept, writeKept } from '../kept.ts'

export interface LoadedDraft {
  readonly application: Schemas['Application']
  readonly store: DraftStore
}

interface Kept {
  readonly body: DraftBody
  readonly etag: string
}

const nameOf = (id: string): string => `draft:${id}`

/** Reads a draft; what this tab had not saved before a reload goes before what the server has. */
export async function loadDraft(id: string): Promise<LoadedDraft> {
  const { application, etag } = await readApplication(id)
  const kept = readKept<Kept>(nameOf(id))
  const start = { problems: application.problems ?? [], etag: kept?.etag ?? etag, body: kept?.body ?? bodyOf(application) }
  const port = portOf(id, (body, version) => writeKept(nameOf(id), body && { body, etag: version }))
  return { application, store: new DraftStore(port, { ...start, hasUnsaved: kept !== undefined }) }
}

/** Forgets what this tab kept of a draft. */
export function forgetDraft(id: string): void {
  writeKept(nameOf(id), null)
}
