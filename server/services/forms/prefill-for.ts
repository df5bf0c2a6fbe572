import { randomUUID } from 'node:crypto'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findLastOfPerson, readContent } from '../../db/applications.ts'
import { findProfile } from '../../db/people.ts'
import { identityOf } from '../../sharing/data-sharing.ts'
import { prefill } from './prefill.ts'
import type { Prefill } from './prefill.ts'
import type { PrefillOptions, PrefillProfile } from './prefill-person.ts'

/**
 * The prefilled form of whoever is signed in: asks the profile, the public data platform and the last application. A platform
 * that does not answer leaves its fields to be typed. Throws AppError REGION_UNKNOWN, MATTER_UNKNOWN.
 */
export async function prefillFor(
  ctx: ServerContext, actor: Actor, region: string, matters: readonly string[]
): Promise<Prefill> {
  const profile = await findProfile(ctx, actor.key)
  if (!profile?.person) return prefillOf(ctx, region, {}, null, matters)
  const { name, person, at } = profile
  return prefillOf(ctx, region, { name: name ?? undefined, person, at }, actor.personKey, matters)
}

/**
 * The same for somebody whose identity has been proved in another way, as by a card at a counter; `key` is the keyed hash of the
 * document. The last application counts only when it bears the same name.
 */
export async function prefillOf(
  ctx: ServerContext, region: string, profile: PrefillProfile, key: string | null, matters: readonly string[]
): Promise<Prefill> {
  const { slug } = ctx.regions.get(region)
  const options = { today: ctx.clock.today(), isDevelopment: ctx.config.isDevelopment }
  const { name, person } = profile
  if (!person) return prefill(ctx, slug, profile, matters, options)
  const [shared, last] = await Promise.all([sharedRecords(ctx, { name, ...person }), lastPerson(ctx, key, name)])
  return prefill(ctx, slug, profile, matters, { ...options, shared, last })
}

async function sharedRecords(
  { clock, dataSharing }: ServerContext, person: Record<string, unknown>
): Promise<PrefillOptions['shared']> {
  const identity = identityOf(person)
  const answer = identity && await dataSharing.records(identity, `prefill-${randomUUID()}:records:1`)
  return answer?.outcome === 'known' ? { records: answer.value, at: clock.now() } : undefined
}

async function lastPerson(ctx: ServerContext, key: string | null, name: string | undefined): Promise<PrefillOptions['last']> {
  const last = key === null ? null : await findLastOfPerson(ctx.db, key)
  const person = last && readContent(ctx, last).common.person as Record<string, unknown> | undefined
  if (!person || (name !== undefined && person.name !== name)) return undefined
  return { person, at: last.submitted_at ?? last.updated_at }
}
