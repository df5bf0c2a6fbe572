import { elapsed } from '../../core/elapsed.ts'
import type { Log } from '../../core/log.ts'
import { readLicences } from '../../core/licences.ts'
import type { Licence } from '../../core/licences.ts'

/** Of whom is asked: the platform compares the name with the number and tells nothing to whoever does not know both. */
export interface Identity {
  readonly name: string
  readonly idType: string
  readonly idNumber: string
}

/** Where somebody is registered or lives: 12 digits of GB/T 2260 and the rest of the address. */
export interface Place {
  readonly division: string
  readonly address: string
}

export interface SharedRecords {
  readonly household: Place | null
  readonly residence: Place | null
  /** Values of the fact `currentEnrolments`; null when the platform does not tell. */
  readonly currentEnrolments: readonly string[] | null
  readonly licences: readonly Licence[]
}

/**
 * `known`: the platform answered · `unmatched`: it knows nobody of this name and number · `unavailable`: no usable answer, which
 * is never a "no".
 */
export type Shared<T> =
  | { readonly outcome: 'known'; readonly value: T }
  | { readonly outcome: 'unmatched' | 'unavailable' }

/** The public data platform as the server asks it: for prefill, and for materials that a licence replaces (免提交). */
export interface DataSharing {
  records(identity: Identity, requestId: string): Promise<Shared<SharedRecords>>
  licences(identity: Identity, types: readonly string[], requestId: string): Promise<Shared<readonly Licence[]>>
}

export interface DataSharingOptions {
  readonly url: string
  readonly log: Log
  /** Somebody waits for the page, so no answer within this time is none. */
  readonly timeoutMs?: number
  readonly now?: () => number
}

/** After so many failures in a row nobody is made to wait for a while. */
const PATIENCE = 3
const REST_MS = 15_000

type Result = Readonly<Record<string, unknown>>

/** A client of the platform that never throws: whatever goes wrong is `unavailable`. */
export function createDataSharing({ url, log, timeoutMs = 2_000, now = elapsed }: DataSharingOptions): DataSharing {
  let failures = 0
  let restsUntil = 0

  async function ask(kind: string, identity: Identity, requestId: string, types?: readonly string[]): Promise<Shared<Result>> {
    if (now() < restsUntil) return { outcome: 'unavailable' }
    try {
      const { name, idType, idNumber } = identity
      const result = await exchange(`${url}/v1/requests/${kind}`, requestId, { name, idType, idNumber, ...(types && { types }) }, timeoutMs)
      failures = 0
      return result.matches === true ? { outcome: 'known', value: result } : { outcome: 'unmatched' }
    } catch (error) {
      failures++
      if (failures >= PATIENCE) restsUntil = now() + REST_MS
      log.warn({ kind, requestId, reason: error instanceof Error ? error.name : 'unknown' }, 'the public data platform did not answer')
      return { outcome: 'unavailable' }
    }
  }

  return {
    async records(identity, requestId) {
      const answer = await ask('person-verification', identity, requestId)
      return answer.outcome === 'known' ? { outcome: 'known', value: readRecords(answer.value) } : answer
    },
    async licences(identity, types, requestId) {
      const answer = await ask('licences', identity, requestId, types)
      return answer.outcome === 'known' ? { outcome: 'known', value: readLicences(answer.value.licences) } : answer
    }
  }
}

/** Of whom the platform can be asked: name, type and number together; null while one of them is missing. */
export function identityOf(person: Readonly<Record<string, unknown>> | undefined): Identity | null {
  const { name, idType, idNumber } = person ?? {}
  return isText(name) && isText(idType) && isText(idNumber) ? { name, idType, idNumber } : null
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

async function exchange(address: string, requestId: string, body: object, timeoutMs: number): Promise<Result> {
  const response = await fetch(address, {
    method: 'POST', redirect: 'error', signal: AbortSignal.timeout(timeoutMs),
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-request-id': requestId }, body: JSON.stringify(body)
  })
  const answer = await response.json() as { requestId?: unknown; status?: unknown; result?: unknown }
  if (!response.ok || answer.requestId !== requestId || typeof answer.result !== 'object' || answer.result === null) {
    throw new TypeError(`answer ${response.status}`)
  }
  return answer.result as Result
}

function readRecords({ household, residence, currentEnrolments, licences }: Result): SharedRecords {
  return {
    household: readPlace(household),
    residence: readPlace(residence),
    currentEnrolments: Array.isArray(currentEnrolments) ? currentEnrolments.filter(one => typeof one === 'string') : null,
    licences: readLicences(licences)
  }
}

function readPlace(given: unknown): Place | null {
  const { division, address } = (given ?? {}) as { division?: unknown; address?: unknown }
  if (typeof division !== 'string' || division === '') return null
  return { division, address: typeof address === 'string' ? address : '' }
}
