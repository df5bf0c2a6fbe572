import { createHash, randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { AppError } from '../../../core/errors.ts'
import { auditActor, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { insertRelease, listRevisions, updateDraft } from '../../db/model-drafts.ts'
import type { ModelDraft, ModelRelease } from '../../db/model-drafts.ts'
import { RELEASE_SOURCE } from '../../engine/deploy.ts'
import { createDraft, draftOf, headOf, inForce, refuseFindings, xmlOf } from './drafts.ts'
import { diffModels } from './diff.ts'
import type { Change } from './diff.ts'
import { releaseView } from './versions.ts'

/**
 * Hands a draft to the second person. Throws AppError MODEL_REFUSED with `findings` while a rule is broken or nothing differs,
 * DRAFT_STATE_CONFLICT when the version in force has moved on.
 */
export async function requestRelease(ctx: ServerContext, actor: Actor, id: string, reason: string) {
  const draft = await draftOf(ctx, actor, id)
  if (draft.state !== 'editing') throw new AppError('DRAFT_STATE_CONFLICT')
  await refuseUnfit(ctx, actor, draft)
  const next = await ctx.db.transaction(async trx => {
    const handedIn = await updateDraft(trx, draft, { state: 'submitted', reason, submitted_by: idOf(actor), updated_by: idOf(actor), updated_at: ctx.clock.now() })
    await note(ctx, trx, actor, { type: 'draft-submitted', draft: handedIn })
    return handedIn
  })
  return headOf(next)
}

/** Gives a draft back to those who draw. Throws AppError DRAFT_STATE_CONFLICT. */
export async function returnDraft(ctx: ServerContext, actor: Actor, id: string) {
  return ctx.db.transaction(async trx => {
    const draft = await draftOf({ db: trx }, actor, id)
    if (draft.state !== 'submitted') throw new AppError('DRAFT_STATE_CONFLICT')
    const next = await updateDraft(trx, draft, { state: 'editing', submitted_by: null, updated_by: idOf(actor), updated_at: ctx.clock.now() })
    await note(ctx, trx, actor, { type: 'draft-returned', draft: next })
    return headOf(next)
  })
}

/**
 * Puts a draft in force: by somebody who neither drew nor handed it in, after everything was checked again. What is deployed, by
 * whom, why and with which changes is kept and noted in the audit trail.
 * @throws AppError SECOND_PERSON_REQUIRED (403), DRAFT_STATE_CONFLICT, MODEL_REFUSED
 */
export async function approveRelease(ctx: ServerContext, actor: Actor, id: string) {
  const draft = await draftOf(ctx, actor, id)
  if (draft.state !== 'submitted') throw new AppError('DRAFT_STATE_CONFLICT')
  await refuseAuthors(ctx, actor, draft)
  const changes = await refuseUnfit(ctx, actor, draft)
  // Only one of two who agree at once gets past this; should the engine refuse, the draft is handed in again.
  const claimed = await updateDraft(ctx.db, draft, { state: 'released', updated_at: ctx.clock.now() })
  try {
    return await deployRelease(ctx, actor, claimed, changes)
  } catch (error) {
    await updateDraft(ctx.db, claimed, { state: 'submitted' })
    throw error
  }
}

async function deployRelease(ctx: ServerContext, actor: Actor, draft: ModelDraft, changes: readonly Change[]) {
  const { region, key, kind, xml } = draft
  const releaseId = randomUUID()
  const name = `${region}/${key.slice(region.length + 1)}.${kind === 'process' ? 'bpmn' : 'dmn'}`
  const { id: deploymentId } = await ctx.engine.deploy(`${region} ${releaseId}`, RELEASE_SOURCE, [{ name, content: xml }])
  const { version } = await inForce(ctx, actor, key)
  const release: ModelRelease = {
    id: releaseId, draft_id: draft.id, region, key, from_version: draft.base_version, to_version: version,
    deployment_id: deploymentId, reason: draft.reason ?? '', diff: JSON.stringify(changes), sha256: createHash('sha256').update(xml).digest('hex'),
    submitted_by: draft.submitted_by ?? draft.created_by, released_by: idOf(actor), released_at: ctx.clock.now()
  }
  await ctx.db.transaction(async trx => {
    await insertRelease(trx, release)
    await note(ctx, trx, actor, { type: 'model-released', draft: draft, more: { toVersion: version, sha256: release.sha256, releaseId } })
  })
  return releaseView(release)
}

/** A draft with the text of an earlier version, handed in at once: a roll-back is a release like any other, by two people. */
export async function rollBack(
  ctx: ServerContext, actor: Actor, key: string, { version, reason }: { readonly version: number; readonly reason: string }
) {
  const { kind } = await inForce(ctx, actor, key)
  const { id } = await createDraft(ctx, actor, { key, xml: await xmlOf(ctx, kind, key, version) })
  return requestRelease(ctx, actor, id, reason)
}

async function refuseAuthors({ db }: ServerContext, actor: Actor, draft: ModelDraft): Promise<void> {
  const authors = (await listRevisions(db, draft.id)).map(({ saved_by }) => saved_by)
  if ([draft.created_by, draft.submitted_by, ...authors].includes(idOf(actor))) throw new AppError('SECOND_PERSON_REQUIRED')
}

async function refuseUnfit(ctx: ServerContext, actor: Actor, draft: ModelDraft): Promise<Change[]> {
  const { version } = await inForce(ctx, actor, draft.key)
  if (version !== draft.base_version) {
    throw new AppError('DRAFT_STATE_CONFLICT', { detail: `现行版本已是第 ${version} 版，草案由第 ${draft.base_version} 版而来，请在新版本上重新修改。` })
  }
  await refuseFindings(ctx, draft)
  const changes = await diffModels(draft.kind, await xmlOf(ctx, draft.kind, draft.key, draft.base_version), draft.xml)
  if (changes.length === 0) throw new AppError('MODEL_REFUSED', { detail: '草案与现行版本没有不同，不必发布。' })
  return changes
}

interface Noted {
  readonly type: string
  readonly draft: ModelDraft
  readonly more?: Readonly<Record<string, unknown>>
}

async function note(ctx: ServerContext, trx: Knex, actor: Actor, { type, draft, more }: Noted): Promise<void> {
  const data = { draftId: draft.id, key: draft.key, region: draft.region, baseVersion: draft.base_version, ...more }
  await appendAudit(trx, { chain: 'system', type, actor: auditActor(actor), data, text: draft.reason, at: ctx.clock.now() }, ctx.crypto)
}
