import { ApiError, answer, api, etagOf } from '../api.ts'
import type { Schemas } from '../api.ts'
import type { DraftBody, DraftPort, Hindrance, Saved } from './draft-store.ts'

type Application = Schemas['Application']

const HINDRANCES: Readonly<Record<number, Hindrance>> = { 401: 'login', 412: 'conflict' }

/** The application and the version at which it was read. */
export async function readApplication(id: string): Promise<{ application: Application; etag: string }> {
  let etag = ''
  const application = await answer(api.GET('/applications/{id}', { params: { path: { id } } }).then(result => {
    etag = etagOf(result.response)
    return result
  }))
  return { application, etag }
}

/** What is sent back to save a draft as it was read. */
export function bodyOf({ region, channel, matters, content }: Application): DraftBody {
  const { common, items, agent } = content ?? { common: {}, items: {}, agent: null }
  return { region, channel, matters, common, items, agent } as DraftBody
}

/** Saves over HTTP; `keep` says what this device may remember of what is unsaved. */
export function portOf(id: string, keep: DraftPort['keep']): DraftPort {
  return {
    save: (body, etag) => save(id, body, etag),
    hindranceOf: error => {
      if (!(error instanceof ApiError)) return 'refused'
      return error.isPassing ? 'away' : HINDRANCES[error.status] ?? 'refused'
    },
    keep,
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
  const saved = answer(api.PUT('/applications/{id}', { params, body: body as never }).then(result => {
    etag = etagOf(result.response)
    return result
  }))
  return saved.then(({ problems }) => ({ etag, problems }), (error: unknown) => savedBefore(id, body, error))
}

/** Another version that says the same is our own: it arrived, and its answer was lost on the way. */
async function savedBefore(id: string, body: DraftBody, error: unknown): Promise<Saved> {
  if (!(error instanceof ApiError) || error.status !== 412) throw error
  const { application, etag } = await readApplication(id)
  if (canonical(bodyOf(application)) !== canonical(body)) throw error
  return { etag, problems: application.problems ?? [] }
}

/** The same for the same content, in whatever order its members stand. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
    : part)
}
