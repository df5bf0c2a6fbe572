import { ApiError, answer, api, etagOf } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { readKept, writeKept } from '../kept.ts'
import { DraftStore } from './draft-store.ts'
import type { DraftBody, DraftPort, Hindrance, Saved } from './draft-store.ts'

type Application = Schemas['Application']

export interface LoadedDraft {
  readonly application: Application
  readonly store: DraftStore
}

interface Kept {
  readonly body: DraftBody
  readonly etag: string
}

const nameOf = (id: string): string => `draft:${id}`
const HINDRANCES: Readonly<Record<number, Hindrance>> = { 401: 'login', 412: 'conflict' }

/** Reads a draft; what this tab had not saved before a reload goes before what the server has. */
export async function loadDraft(id: string): Promise<LoadedDraft> {
  const { application, etag } = await readApplication(id)
  const kept = readKept<Kept>(nameOf(id))
  const start = { problems: application.problems ?? [], etag: kept?.etag ?? etag, body: kept?.body ?? bodyOf(application) }
  return { application, store: new DraftStore(portOf(id), { ...start, hasUnsaved: kept !== undefined }) }
}

/** The application and the version at which it was read. */
export async function readApplication(id: string): Promise<{ application: Application; etag: string }> {
  let etag = ''
  const application = await answer(api.GET('/applications/{id}', { params: { path: { id } } }).then(result => {
    etag = etagOf(result.response)
    return result
  }))
  return { application, etag }
}

/** Forgets what this tab kept of a draft. */
export function forgetDraft(id: string): void {
  writeKept(nameOf(id), null)
}

function bodyOf({ region, matters, content }: Application): DraftBody {
  const { common, items, agent } = content ?? { common: {}, items: {}, agent: null }
  return { region, channel: 'online', matters, common, items, agent } as DraftBody
}

function portOf(id: string): DraftPort {
  return {
    save: (body, etag) => save(id, body, etag),
    hindranceOf: error => {
      if (!(error instanceof ApiError)) return 'refused'
      return error.isPassing ? 'away' : HINDRANCES[error.status] ?? 'refused'
    },
    keep: (body, etag) => writeKept(nameOf(id), body && { body, etag }),
    now: () => Date.now(),
    later: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    }
  }
}

async function save(id: string, body: DraftBody, version: string): Promise<Saved> {
  let etag = ''
  const params = { path: { id }, header: { 'If-Match': version } }
  const { problems } = await answer(api.PUT('/applications/{id}', { params, body: body as never }).then(result => {
    etag = etagOf(result.response)
    return result
  }))
  return { etag, problems }
}
