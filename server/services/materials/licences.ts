import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Licence } from '../../../core/licences.ts'
import type { ServerContext } from '../../context.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { findLicenceChecks, saveLicenceChecks } from '../../db/material-checks.ts'
import type { LicenceCheck } from '../../db/material-checks.ts'
import { identityOf } from '../../sharing/data-sharing.ts'
import { personKey } from '../person-keys.ts'

/** An answer is taken for that long; a platform that did not answer is asked again at once. */
const FRESH_MS = 3_600_000
const AAD = ['licence_check', 'licence_enc'] as const

type Context = Pick<ServerContext, 'clock' | 'crypto' | 'dataSharing' | 'db'>

/**
 * Asks the public data platform for the licences of these types that nobody has asked for yet, all in one question, and answers
 * what was found, to be kept by `saveLicenceChecks`. Empty when all is known, or the form does not say of whom to ask.
 */
export async function askForLicences(
  ctx: Context, application: Application, content: ApplicationContent, types: readonly string[]
): Promise<LicenceCheck[]> {
  if (types.length === 0) return []
  const person = content.common.person as Record<string, unknown> | undefined
  const identity = identityOf(person)
  const key = personKey(ctx.crypto, person)
  if (!identity || key === null) return []
  const now = ctx.clock.now()
  const known = await licenceChecks(ctx.db, application.id, key)
  const wanted = [...new Set(types)].filter(type => {
    const check = known.get(type)
    return !check || check.outcome === 'unavailable' || now - check.checked_at > FRESH_MS
  })
  if (wanted.length === 0) return []
  const requestId = `${application.id}:licences-${randomUUID().slice(0, 8)}:1`
  const answer = await ctx.dataSharing.licences(identity, wanted, requestId)
  return wanted.map(type => {
    const licence = answer.outcome === 'known' ? newest(answer.value.filter(one => one.type === type)) : null
    return {
      application_id: application.id, type, person_key: key, request_id: requestId, checked_at: now,
      outcome: answer.outcome === 'known' ? licence ? 'found' as const : 'none' as const : answer.outcome,
      licence_enc: licence && ctx.crypto.encrypt(...AAD, `${application.id}:${type}`, JSON.stringify(licence))
    }
  })
}

/** As above, and keeps the answers at once. */
export async function refreshLicences(
  ctx: Context, application: Application, content: ApplicationContent, types: readonly string[]
): Promise<void> {
  await saveLicenceChecks(ctx.db, await askForLicences(ctx, application, content, types))
}

/** What is known by type; answers about another person than the form names now do not count. */
export async function licenceChecks(db: Knex, applicationId: string, key: string | null): Promise<Map<string, LicenceCheck>> {
  const checks = await findLicenceChecks(db, applicationId)
  return new Map(checks.filter(check => check.person_key === key).map(check => [check.type, check]))
}

/** The licence of a check, null where none was found. */
export function licenceOf({ crypto }: Pick<ServerContext, 'crypto'>, check: LicenceCheck | undefined): Licence | null {
  if (!check || check.licence_enc === null) return null
  return JSON.parse(crypto.decrypt(...AAD, `${check.application_id}:${check.type}`, check.licence_enc)) as Licence
}

function newest(licences: readonly Licence[]): Licence | null {
  return [...licences].sort((one, other) => (other.validUntil ?? '9999').localeCompare(one.validUntil ?? '9999'))[0] ?? null
}
