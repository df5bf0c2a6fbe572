import { randomUUID } from 'node:crypto'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findLastOfPerson, readContent } from '../../db/applications.ts'
import { findProfile } from '../../db/people.ts'
import { identityOf } from '../../sharing/data-sharing.ts'
import { prefill } from './prefill.ts'
import type { Prefill } from './prefill.ts'
import type { PrefillOptions } from './prefill-person.ts'

/**
 * The prefilled form of whoever is signed in: asks the profile, the public data platform and the last application. A platform
 * that does not answer leaves its fields to be typed. Throws AppError REGION_UNKNOWN, MATTER_UNKNOWN.
 */
export async function prefillFor(
  ctx: ServerContext, actor: Actor, region: string, matters: readonly string[]
): Promise<Prefill> {
  const { slug } = ctx.regions.get(region)
  const profile = await findProfile(ctx, actor.key)
  const options = { today: ctx.clock.today(), isDevelopment: ctx.config.isDevelopment }
  if (!profile?.person) return prefill(ctx, slug, {}, matters, options)
  const { name, person, at } = profile
  const [shared, last] = await Promise.all([sharedRecords(ctx, { name, ...person }), lastPerson(ctx, actor)])
  return prefill(ctx, slug, { name: name ?? undefined, person, at }, matters, { ...options, shared, last })
}

async function sharedRecords(
  { clock, dataSharing }: ServerContext, person: Record<string, unknown>
): Promise<PrefillOptions['shared']> {
  const identity = identityOf(person)
  const answer = identity && await dataSharing.records(identity, `prefill-${randomUUID()}:records:1`)
  return answer?.outcome === 'known' ? { records: answer.value, at: clock.now() } : undefined
}

async function lastPerson(ctx: ServerContext, { personKey }: Actor): Promise<PrefillOptions['last']> {
  const last = personKey === null ? null : await findLastOfPerson(ctx.db, personKey)
  const person = last && readContent(ctx, last).common.person
  return person ? { person: person as Record<string, unknown>, at: last.submitted_at ?? last.updated_at } : undefined
}
