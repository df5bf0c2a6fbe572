import type { Knex } from 'knex'
import { AppError } from '../../core/errors.ts'
import { auditActor } from '../auth/actor.ts'
import type { Actor } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { findApplication, mattersOf, readContent, sealContent, updateApplication } from '../db/applications.ts'
import type { Application, ApplicationContent } from '../db/applications.ts'
import { appendAudit } from '../db/audit.ts'
import { correctionFields, correctionMaterials, findCorrection, updateCorrection } from '../db/corrections.ts'
import type { Correction } from '../db/corrections.ts'
import { DECIDED, findItemsOfApplication, setPersonOfItems } from '../db/items.ts'
import type { Item } from '../db/items.ts'
import { findMaterial } from '../db/materials.ts'
import { addToOutbox } from '../db/outbox.ts'
import { markOpenChanged } from '../db/work-items.ts'
import { matterTitle } from '../regions/titles.ts'
import { affectedItems } from './affected-items.ts'
import type { Affected } from './affected-items.ts'
import { correctionSubject } from './correction-subject.ts'
import { checkForm, normaliseContent } from './forms/form-check.ts'
import { isWithin, withValueAt } from './forms/json-pointer.ts'
import { identityProblems } from './forms/own-identity.ts'
import { fieldLabel } from './papers/field-label.ts'
import { personKey, searchKeys } from './person-keys.ts'

export interface CorrectionAnswer {
  readonly correctionId: string
  /** New values by JSON pointer. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly materials: readonly { readonly code: string; readonly materialId: string }[]
}

export interface Corrected {
  readonly application: Application
  readonly item: Item
}

export interface CorrectionTaken {
  readonly status: 'submitted'
  /** Slugs of the open items that use what was changed. */
  readonly affectedItems: string[]
  /** The same with the changed fields that each uses. */
  readonly affected: AffectedView[]
}

interface AffectedView {
  readonly slug: string
  readonly title: string
  readonly causes: readonly { readonly path: string; readonly label: string }[]
}

/**
 * Takes the applicant's answer to a correction notice: exactly what was asked for, all of it at once. Throws AppError
 * NO_OPEN_CORRECTION (409), FIELD_NOT_REQUESTED, CORRECTION_INCOMPLETE, MATERIAL_UNKNOWN, FORM_INVALID (422); nothing is
 * written then.
 */
export async function submitCorrection(
  ctx: ServerContext, actor: Actor, { application: { id }, item }: Corrected, answer: CorrectionAnswer
): Promise<CorrectionTaken> {
  return await ctx.db.transaction(async trx => {
    const application = await findApplication(trx, id, true)
    const correction = await findCorrection(trx, answer.correctionId)
    if (!application || !correction || !isOpen(correction, item, ctx.clock.today())) throw new AppError('NO_OPEN_CORRECTION')
    requireAsked(correction, answer)
    await requireMaterials(trx, id, answer)
    const at = ctx.clock.now()
    const content = correctedContent(ctx, actor, application, answer)
    const columns = columnsOf(ctx, application, content)
    await updateApplication(trx, id, columns, at)
    // What excludes one another is looked for by the person of the items.
    if (columns.person_key !== null) await setPersonOfItems(trx, id, columns.person_key, at)
    await updateCorrection(trx, correction.id, { status: 'submitted', submitted_at: at })
    const [paths, materials] = [Object.keys(answer.fields), answer.materials.map(({ code }) => code)]
    const open = (await findItemsOfApplication(trx, id)).filter(({ status }) => !DECIDED.includes(status))
    const steps = ctx.regions.steps(application.region)
    const affected = affectedView(ctx, application.region, affectedItems(steps, item, open, paths))
    const uses = affected.map(({ slug, causes }) => ({ slug, labels: causes.map(({ label }) => label) }))
    await appendAudit(trx, {
      chain: id, type: 'correction-submitted', actor: auditActor(actor), itemId: item.id,
      data: { correctionId: correction.id, paths, materials, affected: uses }, at
    })
    // Whoever has one of them on the desk sees the mark of a changed task.
    const users = open.filter(({ slug }) => affected.some(one => one.slug === slug))
    await markOpenChanged(trx, users.map(one => one.id), at)
    const businessKey = (await correctionSubject(trx, correction.id))?.key ?? item.id
    const payload = { message: 'CorrectionSubmitted', businessKey, correctionId: correction.id }
    await addToOutbox(trx, { kind: 'correlate-message', aggregateId: businessKey, payload }, ctx.clock.realNow())
    return { status: 'submitted', affectedItems: affected.map(({ slug }) => slug), affected }
  })
}

function affectedView(ctx: ServerContext, slug: string, affected: readonly Affected[]): AffectedView[] {
  const region = ctx.regions.get(slug)
  return affected.map(one => ({
    slug: one.slug, title: matterTitle(region, one.slug),
    causes: one.paths.map(path => ({ path, label: fieldLabel({ ctx, region }, path) }))
  }))
}

function isOpen(correction: Correction, item: Item, today: string): boolean {
  return correction.item_id === item.id && correction.status === 'open' && correction.opened_at !== null
    && (correction.deadline === null || today <= correction.deadline)
}

function requireAsked(correction: Correction, { fields, materials }: CorrectionAnswer): void {
  const asked = correctionFields(correction).map(({ path }) => path)
  const askedCodes = correctionMaterials(correction).map(({ code }) => code)
  const given = Object.keys(fields)
  const surplus = [
    ...given.filter(path => !asked.some(one => isWithin(path, one))),
    ...materials.filter(({ code }) => !askedCodes.includes(code)).map(({ code }) => `/materials/${code}`)
  ]
  if (surplus.length > 0) {
    throw new AppError('FIELD_NOT_REQUESTED', {
      fields: surplus.map(path => ({ path, code: 'FIELD_NOT_REQUESTED', message: '补正通知没有要求修改此项' }))
    })
  }
  const missing = [
    ...asked.filter(path => !given.some(one => isWithin(one, path))),
    ...askedCodes.filter(code => !materials.some(one => one.code === code)).map(code => `/materials/${code}`)
  ]
  if (missing.length > 0) {
    throw new AppError('CORRECTION_INCOMPLETE', { fields: missing.map(path => ({ path, code: 'REQUIRED', message: '请补正此项' })) })
  }
}

async function requireMaterials(trx: Knex, applicationId: string, { materials }: CorrectionAnswer): Promise<void> {
  for (const [index, { code, materialId }] of materials.entries()) {
    const material = await findMaterial(trx, applicationId, materialId)
    if (material?.code === code) continue
    throw new AppError('MATERIAL_UNKNOWN', {
      fields: [{ path: `/materials/${index}/materialId`, code: 'MATERIAL_UNKNOWN', message: '没有找到这份材料，请重新上传' }]
    })
  }
}

/**
 * The content with the new values. Only what the change itself breaks is refused: the rest was accepted as it was. Whose number
 * may be put in is the same as at submission.
 */
function correctedContent(
  ctx: ServerContext, actor: Actor, application: Application, { fields }: CorrectionAnswer
): ApplicationContent {
  const before = readContent(ctx, application)
  const unplaced: string[] = []
  const changed = Object.entries(fields).reduce((content, [path, value]) => {
    const next = withValueAt(content, path, value)
    if (!next) unplaced.push(path)
    return next ?? content
  }, before)
  const after = normaliseContent(changed)
  const { region, channel } = application
  const check = (content: ApplicationContent) => [
    ...checkForm(ctx, region, content, mattersOf(application), { channel }),
    ...identityProblems(ctx.crypto, actor, channel, content)
  ]
  const known = new Set(check(before).map(({ path, code }) => `${path} ${code}`))
  const problems = [
    ...unplaced.map(path => ({ path, code: 'FIELD_UNKNOWN', message: '申请表中没有此项' })),
    ...check(after).filter(({ path, code }) => !known.has(`${path} ${code}`))
  ]
  if (problems.length > 0) throw new AppError('FORM_INVALID', { fields: problems })
  return after
}

function columnsOf(ctx: ServerContext, { id, version, person_key }: Application, content: ApplicationContent) {
  const person = content.common.person as Record<string, unknown> | undefined
  return {
    version: version + 1,
    content_enc: sealContent(ctx, id, content),
    person_key: personKey(ctx.crypto, person) ?? person_key,
    ...searchKeys(ctx.crypto, person)
  }
}
