import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { auditActor, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { findDraft, insertDraft, listDrafts, listRevisions, updateDraft } from '../../db/model-drafts.ts'
import type { DraftRevision, ModelDraft } from '../../db/model-drafts.ts'
import type { DefinitionKind } from '../../engine/gateway-deployments.ts'
import { door, lintModel } from '../../lint/index.ts'
import type { Finding } from '../../lint/diagram.ts'
import { lintContext } from './lint-context.ts'
import { silentSteps } from './live-workers.ts'

export interface InForce {
  readonly kind: DefinitionKind
  readonly id: string
  readonly version: number
}

/** The version in force of a model of the designer's region. Throws AppError MODEL_UNKNOWN (404). */
export async function inForce({ engine, regions }: ServerContext, actor: Actor, key: string): Promise<InForce> {
  const prefix = `${regions.get(actor.region ?? '').slug}-`
  const found = key.startsWith(prefix) && (await engine.definitionsInForce(prefix)).find(one => one.key === key)
  if (!found) throw new AppError('MODEL_UNKNOWN')
  return { kind: found.kind, id: found.id, version: found.version }
}

/** Text of one version of a model. Throws AppError MODEL_UNKNOWN. */
export async function xmlOf({ engine }: Pick<ServerContext, 'engine'>, kind: DefinitionKind, key: string, version: number): Promise<string> {
  const found = await engine.definitionVersion(kind, key, version)
  if (!found) throw new AppError('MODEL_UNKNOWN')
  return kind === 'process' ? engine.processXml(found.id) : engine.decisionXml(found.id)
}

/** Begins a draft from the version in force, or from `xml` (an import, a version of old). Throws MODEL_UNKNOWN, MODEL_REFUSED. */
export async function createDraft(ctx: ServerContext, actor: Actor, { key, xml }: { key: string; xml?: string }) {
  const base = await inForce(ctx, actor, key)
  if (xml !== undefined) refuseUnreadable(xml)
  const [at, by] = [ctx.clock.now(), idOf(actor)]
  const draft: ModelDraft = {
    id: randomUUID(), region: actor.region ?? '', key, kind: base.kind, base_version: base.version, state: 'editing', version: 1,
    xml: xml ?? await xmlOf(ctx, base.kind, key, base.version), reason: null,
    created_by: by, created_at: at, updated_by: by, updated_at: at, submitted_by: null
  }
  await ctx.db.transaction(async trx => {
    await insertDraft(trx, draft)
    await appendAudit(trx, {
      chain: 'system', type: 'draft-created', actor: auditActor(actor), at, data: { draftId: draft.id, key, baseVersion: base.version, region: draft.region }
    })
  })
  return draftView(draft)
}

/** Drafts of the designer's region. */
export async function draftsFor(ctx: ServerContext, actor: Actor) {
  return { drafts: (await listDrafts(ctx.db, actor.region ?? '')).map(headOf) }
}

/** One draft with its text. Throws AppError NOT_FOUND. */
export async function draftFor(ctx: ServerContext, actor: Actor, id: string) {
  return draftView(await draftOf(ctx, actor, id))
}

/** Saves the next state of a draft. Throws DRAFT_STATE_CONFLICT, VERSION_CONFLICT, MODEL_REFUSED for what cannot be read. */
export async function saveDraft(
  ctx: ServerContext, actor: Actor, id: string, { xml, version }: { readonly xml: string; readonly version: number }
) {
  refuseUnreadable(xml)
  const saved = await ctx.db.transaction(async trx => {
    const draft = await editable({ ...ctx, db: trx }, actor, id)
    if (draft.version !== version) throw new AppError('VERSION_CONFLICT')
    return updateDraft(trx, draft, { xml, updated_by: idOf(actor), updated_at: ctx.clock.now() })
  })
  return draftView(saved)
}

/** Puts a draft away; its history stays. Throws AppError DRAFT_STATE_CONFLICT. */
export async function discardDraft(ctx: ServerContext, actor: Actor, id: string): Promise<void> {
  await ctx.db.transaction(async trx => {
    const draft = await draftOf({ ...ctx, db: trx }, actor, id)
    if (draft.state === 'released') throw new AppError('DRAFT_STATE_CONFLICT')
    await updateDraft(trx, draft, { state: 'discarded', updated_by: idOf(actor), updated_at: ctx.clock.now() })
  })
}

/** The saved states of a draft, the newest first. */
export async function revisionsOf(ctx: ServerContext, actor: Actor, id: string) {
  const { id: draftId } = await draftOf(ctx, actor, id)
  return {
    revisions: (await listRevisions(ctx.db, draftId)).map(({ version, xml, saved_by, saved_at }: DraftRevision) => ({
      version, xml, savedBy: saved_by, savedAt: formatInstant(saved_at)
    }))
  }
}

/** What the rules find in a draft as it is now, and what is only to be known before a release. */
export async function lintDraft(ctx: ServerContext, actor: Actor, id: string) {
  const draft = await draftOf(ctx, actor, id)
  const [findings, warnings] = await Promise.all([findingsOf(ctx, draft), silentSteps(ctx, draft)])
  return { findings, warnings }
}

export async function findingsOf(ctx: ServerContext, { kind, region, key, xml }: ModelDraft): Promise<Finding[]> {
  return lintModel(kind, await lintContext(ctx, region, key), xml)
}

/** Throws AppError MODEL_REFUSED with `findings` while a rule is broken. */
export async function refuseFindings(ctx: ServerContext, draft: ModelDraft): Promise<void> {
  const findings = await findingsOf(ctx, draft)
  if (findings.length === 0) return
  throw new AppError('MODEL_REFUSED', { detail: findings.map(({ message }) => message).join('\n').slice(0, 2000), extra: { findings } })
}

/** A draft of the designer's region. Throws AppError NOT_FOUND. */
export async function draftOf({ db }: Pick<ServerContext, 'db'>, actor: Actor, id: string): Promise<ModelDraft> {
  const draft = await findDraft(db, actor.region ?? '', id)
  if (!draft) throw new AppError('NOT_FOUND')
  return draft
}

async function editable(ctx: Pick<ServerContext, 'db'>, actor: Actor, id: string): Promise<ModelDraft> {
  const draft = await draftOf(ctx, actor, id)
  if (draft.state !== 'editing') throw new AppError('DRAFT_STATE_CONFLICT', { detail: '草案已送审或已发布，请先退回再修改。' })
  return draft
}

function refuseUnreadable(xml: string): void {
  const reason = door(xml)
  if (reason) throw new AppError('MODEL_REFUSED', { detail: reason, extra: { findings: [{ rule: 'door', element: null, message: reason }] } })
}

export function headOf(draft: Omit<ModelDraft, 'xml'>) {
  return {
    id: draft.id, key: draft.key, kind: draft.kind, baseVersion: draft.base_version, state: draft.state, version: draft.version,
    reason: draft.reason, createdBy: draft.created_by, createdAt: formatInstant(draft.created_at), updatedBy: draft.updated_by,
    updatedAt: formatInstant(draft.updated_at), submittedBy: draft.submitted_by
  }
}

export function draftView(draft: ModelDraft) {
  return { ...headOf(draft), xml: draft.xml }
}
