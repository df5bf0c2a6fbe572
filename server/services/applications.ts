import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import type { Region } from '../../core/region.ts'
import { hasRole, idOf } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import {
  deleteDraft, findApplication, insertApplication, listApplicationsOf, mattersOf, sealContent, updateDraft
} from '../db/applications.ts'
import type { Application, ApplicationContent } from '../db/applications.ts'
import { findItemsOfApplications } from '../db/items.ts'
import { deleteMaterials, findMaterials } from '../db/materials.ts'
import { insertIntake } from '../db/window-intakes.ts'
import { removeStoredFile } from '../documents/uploads.ts'
import { pageOf, readCursor } from '../http/cursor.ts'
import { applicationStatus } from './application-status.ts'
import { checkForm, normaliseContent } from './forms/form-check.ts'
import type { Problem } from './forms/form-check.ts'
import { identityProblems } from './forms/own-identity.ts'
import { personKey, searchKeys } from './person-keys.ts'

export interface ApplicationInput {
  readonly region: string
  readonly channel: Application['channel']
  readonly matters: readonly string[]
  readonly common?: Record<string, unknown>
  readonly items?: Record<string, Record<string, unknown>>
  readonly agent?: Record<string, unknown> | null
}

export interface SavedDraft {
  readonly id: string
  readonly version: number
  /** What is still missing or wrong; a draft may have any. */
  readonly problems: readonly Problem[]
}

/** What every application is at first. */
const NEW = {
  number: null, status_draft: true, version: 1, confirmed_notices: '[]', signature_enc: null, division: null, audit_head: null,
  submitted_at: null, accepted_at: null, accepted_on: null, traceparent: null, process_started_at: null, refused_at: null,
  closed_at: null
} as const

/** Stores a new draft. Throws AppError REGION_UNKNOWN, MATTER_UNKNOWN, FORBIDDEN (a channel that is not the actor's). */
export async function createDraft(ctx: ServerContext, actor: Actor, input: ApplicationInput): Promise<SavedDraft> {
  checkSelection(ctx.regions.get(input.region), actor, input)
  const id = randomUUID()
  const content = contentOf(input)
  const now = ctx.clock.now()
  await ctx.db.transaction(async trx => {
    await insertApplication(trx, {
      ...NEW, id, applicant_key: actor.key, created_by: idOf(actor), created_at: now, updated_at: now,
      ...columnsOf(ctx, id, input, content)
    })
    if (input.channel === 'window') {
      await insertIntake(trx, { application_id: id, division: actor.division, taken_by: idOf(actor), taken_at: now })
    }
  })
  return { id, version: 1, problems: problemsOf(ctx, actor, input, content) }
}

/** Replaces a draft's content. Throws as `createDraft`, and ALREADY_SUBMITTED, VERSION_CONFLICT. */
export async function saveDraft(
  ctx: ServerContext, actor: Actor, application: Application, version: number, input: ApplicationInput
): Promise<SavedDraft> {
  requireDraft(application)
  requireVersion(application, version)
  checkSelection(ctx.regions.get(input.region), actor, input)
  const { id } = application
  const content = contentOf(input)
  if (!await updateDraft(ctx.db, id, version, columnsOf(ctx, id, input, content), ctx.clock.now())) await refuseChanged(ctx, id)
  return { id, version: version + 1, problems: problemsOf(ctx, actor, input, content) }
}

/** Deletes a draft with its files. Throws AppError NOT_A_DRAFT, VERSION_CONFLICT. */
export async function removeDraft(ctx: ServerContext, application: Application, version: number): Promise<void> {
  if (!application.status_draft) throw new AppError('NOT_A_DRAFT')
  requireVersion(application, version)
  const { id } = application
  const files = await ctx.db.transaction(async trx => {
    // A file that is just being kept holds the row: it is deleted along, and a later one finds nothing to belong to.
    await findApplication(trx, id, true)
    const materials = await findMaterials(trx, id)
    await deleteMaterials(trx, id)
    if (!await deleteDraft(trx, id, version)) throw new AppError('VERSION_CONFLICT')
    return materials
  })
  await Promise.all(files.map(file => removeStoredFile(ctx.config.dataDir, file.stored_name)))
}

/** One page of an account's applications, the latest change first. Throws AppError CURSOR_INVALID. */
export async function listApplications(ctx: ServerContext, actor: Actor, { cursor, limit }: { cursor?: string; limit: number }) {
  const after = readCursor(cursor, 'instant')
  const rows = await listApplicationsOf(ctx.db, actor.key, { after, limit: limit + 1 })
  const { page, cursor: next } = pageOf(rows, limit, row => row.updated_at)
  const items = await findItemsOfApplications(ctx.db, page.map(({ id }) => id))
  return {
    applications: page.map(application => ({
      id: application.id,
      number: application.number,
      region: application.region,
      status: applicationStatus(application, items.get(application.id) ?? []),
      matters: mattersOf(application),
      updatedAt: formatInstant(application.updated_at)
    })),
    cursor: next
  }
}

/** Throws AppError ALREADY_SUBMITTED with the number. */
export function requireDraft({ status_draft, number }: Pick<Application, 'status_draft' | 'number'>): void {
  if (!status_draft) throw new AppError('ALREADY_SUBMITTED', { extra: { number } })
}

/** Throws AppError VERSION_CONFLICT (412). */
export function requireVersion(application: Pick<Application, 'version'>, version: number): void {
  if (application.version !== version) throw new AppError('VERSION_CONFLICT')
}

async function refuseChanged({ db }: ServerContext, id: string): Promise<never> {
  const current = await findApplication(db, id)
  if (!current) throw new AppError('NOT_FOUND')
  requireDraft(current)
  throw new AppError('VERSION_CONFLICT')
}

function checkSelection(region: Region, actor: Actor, { channel, matters }: ApplicationInput): void {
  // A person may apply anywhere; a window and a platform belong to their region.
  const isOwnRegion = channel === 'online' || actor.region === region.slug
  const isOwnChannel = isOwnRegion && hasRole(actor, channelRoles[channel])
  if (!isOwnChannel) {
    const message = `您的账号不能以这种渠道在${region.name}提出申请`
    throw new AppError('FORBIDDEN', { detail: `${message}。`, fields: [{ path: '/channel', code: 'FORBIDDEN', message }] })
  }
  const unknown = matters.flatMap((slug, index) => region.matters.some(matter => matter.slug === slug)
    ? []
    : [{ path: `/matters/${index}`, code: 'MATTER_UNKNOWN', message: `${region.name}的办理清单中没有事项“${slug}”` }])
  if (unknown.length > 0) throw new AppError('MATTER_UNKNOWN', { fields: unknown })
}

const channelRoles = { online: 'citizen', window: 'window', platform: 'platform' } as const

function contentOf({ common, items, agent }: ApplicationInput): ApplicationContent {
  return normaliseContent({ common: common ?? {}, items: items ?? {}, agent: agent ?? null })
}

function columnsOf(ctx: ServerContext, id: string, { region, channel, matters }: ApplicationInput, content: ApplicationContent) {
  const person = content.common.person as Record<string, unknown> | undefined
  return {
    region,
    channel,
    matters: JSON.stringify(matters),
    content_enc: sealContent(ctx, id, content),
    person_key: personKey(ctx.crypto, person),
    ...searchKeys(ctx.crypto, person)
  }
}

function problemsOf(ctx: ServerContext, actor: Actor, input: ApplicationInput, content: ApplicationContent): Problem[] {
  const { region, channel, matters } = input
  return [...checkForm(ctx, region, content, matters, { channel }), ...identityProblems(ctx.crypto, actor, channel, content)]
}

/** What is still to be filled in or put right in a draft. */
export function draftProblems(ctx: ServerContext, actor: Actor, draft: Application, content: ApplicationContent): Problem[] {
  const { region, channel } = draft
  return problemsOf(ctx, actor, { region, channel, matters: mattersOf(draft) }, content)
}
