import { AppError } from '../../core/errors.ts'
import { platformClientId, platformClientSecret } from '../common/platform-client.ts'
import type { Fields, Kind, Outcome, Reason } from '../common/types.ts'
import type { PlatformOptions } from './types.ts'

const TIMEOUT = 15_000

/** Hands in an application that a person filled in on the platform; one request id is one application, however often sent. */
export function platformKinds(options: PlatformOptions): Readonly<Record<string, Kind>> {
  return {
    'push-application': {
      gather: (fields, requestId) => pushApplication(options, fields, requestId),
      handle: ({ gathered }) => gathered as Outcome
    }
  }
}

interface Reply {
  readonly status: number
  readonly body: Fields
}

/** Client credentials, draft, submission: the same contract as everybody's, with an idempotency key at each step. */
async function pushApplication(options: PlatformOptions, fields: Fields, requestId: string): Promise<Outcome> {
  const { region, matters, common, items, agent } = fields
  const token = await tokenOf(options, String(region))
  const send = (path: string, body: object, key: string): Promise<Reply> => exchange(`${options.publicUrl}/api/v1/${path}`, body, {
    authorization: `Bearer ${token}`, 'idempotency-key': key
  })
  const draft = await send('applications', { region, channel: 'platform', matters, common, items, agent: agent ?? null }, `${requestId}:create`)
  if (draft.status !== 201) return refused(draft)
  const id = String(draft.body.id)
  const submission = { confirmedNotices: matters, declarationAccepted: true, signature: null }
  const submitted = await send(`applications/${id}/submit`, submission, `${requestId}:submit`)
  if (submitted.status !== 202) return refused(submitted)
  return { result: { applicationId: id, number: submitted.body.number, status: submitted.body.status } }
}

async function tokenOf({ issuer, publicUrl, clientSecret }: PlatformOptions, region: string): Promise<string> {
  const response = await fetch(`${issuer()}/token`, {
    method: 'POST', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT),
    body: new URLSearchParams({
      grant_type: 'client_credentials', scope: 'platform', resource: publicUrl,
      client_id: platformClientId(region), client_secret: platformClientSecret(clientSecret, region)
    })
  })
  const { access_token: token } = await response.json() as { access_token?: string }
  if (!response.ok || token === undefined) throw new AppError('TOKEN_INVALID')
  return token
}

/** Throws AppError DEPARTMENT_UNAVAILABLE for what may be tried again. */
async function exchange(url: string, body: object, headers: Record<string, string>): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT), body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers }
  })
  if (response.status >= 500 || response.status === 429) throw new AppError('DEPARTMENT_UNAVAILABLE')
  return { status: response.status, body: await response.json() as Fields }
}

/** What the service said no to, in its own words. */
function refused({ body }: Reply): Outcome {
  const fields = (body.fields ?? []) as readonly { code: string; message: string; path: string }[]
  const reasons: Reason[] = [{ code: String(body.code), message: String(body.detail) }]
  return { reasons: [...reasons, ...fields.map(({ code, path, message }) => ({ code, message: `${path} ${message}` }))] }
}
