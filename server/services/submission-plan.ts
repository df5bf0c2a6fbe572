import { AppError } from '../../core/errors.ts'
import type { RawFacts } from '../../core/facts.ts'
import type { Region } from '../../core/region.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { mattersOf, readContent } from '../db/applications.ts'
import type { Application, ApplicationContent } from '../db/applications.ts'
import { conflictsAmong } from './policy/exclusivity.ts'
import { noticesOf } from './forms/form-bundle.ts'
import { checkForm } from './forms/form-check.ts'
import { lateRows } from './policy/late-rows.ts'
import { handlingDivision } from './policy/jurisdiction.ts'
import { identityProblems } from './forms/own-identity.ts'
import { personKey } from './person-keys.ts'

export interface Submission {
  readonly confirmedNotices: readonly string[]
  readonly declarationAccepted: boolean
  readonly signature: string | null
  /** Trace to go on with in the engine and at the departments. */
  readonly traceparent: string
}

/** What was found out before the transaction, in which nothing but the database may be asked. */
export interface SubmissionPlan extends Submission {
  readonly region: Region
  readonly application: Application
  readonly matters: readonly string[]
  readonly content: ApplicationContent
  readonly personKey: string
  /** Six digits, by matter. */
  readonly divisions: ReadonlyMap<string, string>
}

/**
 * Holds a draft against form and rules and finds out who handles each item. Throws AppError MATTER_REQUIRED,
 * APPLICATION_CONFLICT, FORM_INVALID, NOTICE_NOT_CONFIRMED, DECLARATION_REQUIRED, in this order.
 */
export async function planSubmission(
  ctx: ServerContext, actor: Actor, application: Application, submission: Submission
): Promise<SubmissionPlan> {
  const region = ctx.regions.get(application.region)
  const content = readContent(ctx, application)
  const matters = mattersOf(application)
  if (matters.length === 0) throw new AppError('MATTER_REQUIRED')
  const conflicts = await conflictsAmong(ctx, region, matters)
  if (conflicts.length > 0) throw new AppError('APPLICATION_CONFLICT', { extra: { conflicts } })
  const { channel } = application
  const problems = [
    ...checkForm(ctx, region.slug, content, matters, { channel }),
    ...identityProblems(ctx.crypto, actor, channel, content),
    ...await lateRows(ctx, region, matters, content)
  ]
  const person = content.common.person as RawFacts | undefined
  const key = personKey(ctx.crypto, person as Record<string, unknown> | undefined)
  if (problems.length > 0 || key === null) throw new AppError('FORM_INVALID', { fields: problems })
  refuseUnconfirmed(ctx, region, matters, submission.confirmedNotices)
  if (!submission.declarationAccepted) throw new AppError('DECLARATION_REQUIRED')
  const divisions = new Map<string, string>()
  for (const matter of matters) {
    divisions.set(matter, (await handlingDivision(ctx, region, { matter, facts: placesOf(person) })).division)
  }
  return { ...submission, region, application, matters, content, personKey: key, divisions }
}

/** Only what decides on the place: the form holds more than a table may see. */
function placesOf({ idType, householdDivision, residenceDivision }: RawFacts = {}): RawFacts {
  return { idType, householdDivision, residenceDivision }
}

function refuseUnconfirmed(
  { regions }: ServerContext, region: Region, matters: readonly string[], confirmed: readonly string[]
): void {
  const missing = matters.filter(slug => noticesOf(regions.form(region.slug, slug)).length > 0 && !confirmed.includes(slug))
  if (missing.length === 0) return
  throw new AppError('NOTICE_NOT_CONFIRMED', {
    fields: missing.map(slug => ({
      path: `/confirmedNotices/${slug}`,
      code: 'NOTICE_NOT_CONFIRMED',
      message: `请阅读并确认《${region.matters.find(matter => matter.slug === slug)?.title}》的业务办理须知`
    }))
  })
}
