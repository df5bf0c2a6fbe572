import createClient from 'openapi-fetch'
import type { components, paths } from './api.generated.ts'
import { fetchOrTake } from './early.ts'

/** Shapes of the interface by their name in `server/openapi.yaml`. */
export type Schemas = components['schemas']
export type Problem = Schemas['Problem'] & Readonly<Record<string, unknown>>

/** One typed function for each method of the interface: `api.GET('/regions/{region}/guide', { params: … })`. */
export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: fetchOrTake })

/** Why a call brought nothing: a refusal of the server, or `UNREACHABLE` when none came. Its message is for the person. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly fields: Schemas['FieldProblem'][]
  /** The whole answer, with what this code carries beside the common members. */
  readonly problem: Partial<Problem>

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? UNREACHABLE)
    this.status = status
    this.code = problem.code ?? 'UNREACHABLE'
    this.fields = problem.fields ?? []
    this.problem = problem
  }

  /** True when the same call may well succeed a moment later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 502
  }
}

const UNREACHABLE = '暂时连不上服务器，请检查网络后再试；您填写的内容都还在。'

interface Result<T> {
  readonly data?: T
  readonly error?: unknown
  readonly response: Response
}

/**
 * The data of an answer.
 * @throws ApiError with the server's problem, or `UNREACHABLE` when the network or a proxy stood in between
 */
export async function answer<T>(call: Promise<Result<T>>): Promise<T> {
  const result = await call.catch((cause: unknown) => {
    throw Object.assign(new ApiError(0, {}), { cause })
  })
  if (result.response.ok) return result.data as T
  const problem = typeof result.error === 'object' && result.error !== null ? result.error as Partial<Problem> : {}
  throw new ApiError(result.response.status, problem)
}

/** The version that a draft was read or saved at, for `If-Match`. */
export function etagOf(response: Response): string {
  return response.headers.get('etag') ?? ''
}
