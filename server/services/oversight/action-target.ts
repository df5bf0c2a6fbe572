import { AppError } from '../../../core/errors.ts'
import type { FieldProblem } from '../../../core/errors.ts'
import type { ActionLevel, ActionSource } from '../../../core/supervision.ts'
import type { Actor } from '../../auth/actor.ts'
import { coversDivision } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication } from '../../db/applications.ts'
import { findFeedback } from '../../db/feedback.ts'
import { findItem } from '../../db/items.ts'
import { findAction } from '../../db/oversight-actions.ts'
import type { ActionRow } from '../../db/oversight-actions.ts'
import { findRatingById, isAnswerable } from '../../db/ratings.ts'
import { findStaff } from '../../db/staff.ts'
import { overseen } from './sla-days.ts'

/** What an action is about: an item, what gave rise to it, or a department or division as a whole. */
export interface About {
  readonly itemId?: string
  readonly source?: { readonly kind: ActionSource; readonly id: string }
  readonly department?: string
  readonly division?: string
  readonly clerk?: string
}

/** Whose it is to answer, and what gave rise to it. */
export type Target = Pick<ActionRow, 'application_id' | 'item_id' | 'department' | 'division' | 'clerk' | 'source_kind' | 'source_id'>

type Subject = Pick<Target, 'application_id' | 'item_id' | 'department' | 'division'>

const NOTHING: Subject = { application_id: null, item_id: null, department: null, division: null }

/**
 * Finds whose it is to answer. An item, and a rating of one, names its own department and division.
 * Throws AppError NOT_FOUND for what is not the actor's to oversee, FORM_INVALID for a target that is not, or that is missing.
 */
export async function targetOf(ctx: ServerContext, actor: Actor, about: About): Promise<Target> {
  const { kind = null, id = null } = about.source ?? {}
  const { itemId, source } = about
  const found = itemId === undefined ? await subjectOfSource(ctx, actor, source) : await subjectOfItem(ctx, actor, itemId)
  const named = found.item_id === null
    ? { ...found, department: about.department ?? found.department, division: about.division ?? found.division }
    : found
  await requireTarget(ctx, actor, named, about.clerk)
  const division = named.item_id === null ? named.division ?? actor.division : named.division
  return { ...named, division, clerk: about.clerk ?? null, source_kind: kind, source_id: id }
}

/** Levels that were sent about the source itself: an unanswered action is followed by the rung above it. */
export async function climbedBefore(ctx: ServerContext, actor: Actor, { source }: About): Promise<ActionLevel[]> {
  if (source?.kind !== 'action') return []
  const row = await findAction(ctx.db, overseen(ctx, actor).remit, null, source.id)
  return row ? [row.level] : []
}

async function subjectOfItem(ctx: ServerContext, actor: Actor, itemId: string): Promise<Subject> {
  const item = await findItem(ctx.db, itemId)
  if (!item || item.region !== actor.region || (item.division !== null && !coversDivision(actor.division, item.division))) throw new AppError('NOT_FOUND')
  return { application_id: item.application_id, item_id: item.id, department: item.department, division: item.division }
}

async function subjectOfSource(ctx: ServerContext, actor: Actor, source: About['source']): Promise<Subject> {
  const { remit } = overseen(ctx, actor)
  switch (source?.kind) {
    case undefined: return NOTHING
    case 'rating': {
      const rating = await isAnswerable(ctx.db, remit, source.id) ? await findRatingById(ctx.db, source.id) : null
      if (!rating) throw new AppError('NOT_FOUND')
      if (rating.item_id !== null) return subjectOfItem(ctx, actor, rating.item_id)
      const application = await findApplication(ctx.db, rating.application_id)
      return { ...NOTHING, application_id: rating.application_id, division: application?.division ?? null }
    }
    case 'feedback': {
      const opinion = await findFeedback(ctx.db, remit, source.id)
      if (!opinion) throw new AppError('NOT_FOUND')
      return { ...NOTHING, department: opinion.department, division: opinion.division }
    }
    case 'action': {
      const row = await findAction(ctx.db, remit, null, source.id)
      if (!row) throw new AppError('NOT_FOUND')
      const { application_id, item_id, department, division } = row
      return { application_id, item_id, department, division }
    }
  }
}

async function requireTarget(ctx: ServerContext, actor: Actor, subject: Subject, clerk: string | undefined): Promise<void> {
  const { region } = overseen(ctx, actor)
  const { item_id, application_id, department, division } = subject
  const covers = (code: string | null): boolean => code === null || coversDivision(actor.division, code)
  const problems: FieldProblem[] = []
  if (item_id === null) {
    if (department !== null && !region.departments.some(({ slug }) => slug === department)) {
      problems.push({ path: '/department', code: 'ENUM', message: '没有这个部门' })
    }
    const isKnown = division === null || region.divisions.some(({ code }) => code === division)
    if (!isKnown || !covers(division)) problems.push({ path: '/division', code: 'ENUM', message: '不在您督办的区划内' })
    if (application_id === null && department === null && division === null) {
      problems.push({ path: '/department', code: 'REQUIRED', message: '请选择督办的事项、部门或区划' })
    }
  }
  const staff = clerk === undefined ? null : await findStaff(ctx.db, clerk)
  const isOfDepartment = department === null || staff?.department === department
  const isOwn = isOfDepartment && staff?.region === region.slug && covers(staff.division)
  if (clerk !== undefined && !isOwn) problems.push({ path: '/clerk', code: 'ENUM', message: '请从该部门、该区划的承办人中选择' })
  if (problems.length > 0) throw new AppError('FORM_INVALID', { fields: problems })
}
