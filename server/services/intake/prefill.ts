import type { Actor } from '../../auth/actor.ts'
import { AppError } from '../../../core/errors.ts'
import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { ApplicationContent } from '../../db/applications.ts'
import { prefillOf } from '../forms/prefill-for.ts'
import { personKey } from '../person-keys.ts'
import { readCard } from './card-reading.ts'
import { applicationsOfPerson, noteView } from './person.ts'

export interface PrefillRequest {
  /** What the card reader sent. */
  readonly reading: string
  readonly matters: readonly string[]
  /** A draft that the person began alone, to be gone on with here. */
  readonly draft?: string
}

/**
 * The form filled in for who stands at the counter: the card, the public data platform, the last application; over it what the
 * person wrote in a draft. Noted in the trail. Throws AppError FORM_INVALID, MATTER_UNKNOWN, NOT_FOUND (of the draft).
 */
export async function prefillAtWindow(ctx: ServerContext, actor: Actor, { reading: text, matters, draft }: PrefillRequest) {
  const { name, address, ...card } = readCard(text, ctx.clock.today())
  const reading = { name, ...card }
  const region = ctx.regions.get(actor.region ?? '').slug
  const profile = { name, person: { ...card, householdAddress: address }, at: ctx.clock.now(), source: 'id-card' as const }
  const prefilled = await prefillOf(ctx, region, profile, personKey(ctx.crypto, reading), matters)
  const written = draft === undefined ? null : await writtenIn(ctx, actor, reading, draft)
  await noteView(ctx, actor, { purpose: 'window-prefill', matters })
  if (!written) return { ...prefilled, agent: null }
  return {
    common: { person: { ...written.common.person as object, ...pick(prefilled.common.person, ['name', 'idType', 'idNumber', 'sex', 'birthDate']) } },
    items: Object.fromEntries(matters.map(slug => [slug, written.items[slug] ?? prefilled.items[slug] ?? {}])),
    agent: written.agent,
    sources: prefilled.sources.filter(({ isReadOnly }) => isReadOnly)
  }
}

async function writtenIn(
  ctx: ServerContext, actor: Actor, person: Parameters<typeof applicationsOfPerson>[2], id: string
): Promise<ApplicationContent> {
  const draft = (await applicationsOfPerson(ctx, actor, person)).find(one => one.id === id && one.status_draft)
  if (!draft) throw new AppError('NOT_FOUND')
  return readContent(ctx, draft)
}

function pick(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap(name => (fields[name] === undefined ? [] : [[name, fields[name]]])))
}
