import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { FieldProblem } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import { auditActor, hasRole, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { coversDivision } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { findItem } from '../../db/items.ts'
import { findAction, insertAction, listActions, moveAction } from '../../db/oversight-actions.ts'
import type { ActionLevel, ActionRow, ActionState } from '../../db/oversight-actions.ts'
import { pageOf, readCursor } from '../../http/cursor.ts'
import { departmentName } from '../../regions/titles.ts'
import { overseen } from './sla-days.ts'

export interface NewAction {
  readonly level: ActionLevel
  /** An item names its own department and division. */
  readonly itemId?: string
  readonly department?: string
  readonly division?: string
  readonly clerk?: string
  readonly text: string
  /** Working days until an answer is due. */
  readonly workingDays?: number
}

const LEVELS: Readonly<Record<ActionLevel, { readonly title: string; readonly workingDays: number }>> = {
  remind: { title: '提醒', workingDays: 1 }, supervise: { title: '督办', workingDays: 3 },
  circulate: { title: '通报', workingDays: 5 }, rectify: { title: '整改', workingDays: 10 }
}
const STATES: Readonly<Record<ActionState, string>> = { sent: '已发出', acknowledged: '已签收', answered: '已答复', closed: '已办结' }
const DEFAULT_LIMIT = 50

/**
 * Sends a rung of the ladder to whoever has to answer. Nothing is decided by it: cases go on as they would.
 * Throws AppError NOT_FOUND for an item of somebody else, FORM_INVALID for a department or division that is not overseen.
 */
export async function sendAction(ctx: ServerContext, actor: Actor, input: NewAction) {
  const { region, remit, days } = overseen(ctx, actor)
  const target = await targetOf(ctx, actor, region, input)
  const id = randomUUID()
  const at = ctx.clock.now()
  const row: ActionRow = {
    id, region: remit.region, level: input.level, ...target, clerk: input.clerk ?? null,
    deadline: ctx.calendar.addWorkingDays(days.today, input.workingDays ?? LEVELS[input.level].workingDays).date,
    text_enc: ctx.crypto.encrypt('oversight_action', 'text_enc', id, input.text.trim()), state: 'sent',
    created_by: idOf(actor), created_at: at,
    answer_enc: null, answered_by: null, answered_at: null, checked_by: null, checked_at: null
  }
  await ctx.db.transaction(async trx => {
    await insertAction(trx, row)
    await note(trx, ctx, actor, row, 'oversight-action-sent')
  })
  return actionView(ctx, region, row)
}

/** One page of the actions that concern somebody, the newest first. Throws AppError CURSOR_INVALID. */
export async function actionsFor(
  ctx: ServerContext, actor: Actor,
  { state, applicationId, cursor, limit = DEFAULT_LIMIT }: {
    state?: ActionState; applicationId?: string; cursor?: string; limit?: number
  }
) {
  const { region, remit } = overseen(ctx, actor)
  const rows = await listActions(ctx.db, remit, clerkOf(actor), { state, applicationId, after: readCursor(cursor, 'instant'), limit: limit + 1 })
  const { page, cursor: next } = pageOf(rows, limit, row => row.created_at)
  return {
    actions: page.map(row => actionView(ctx, region, row)),
    cursor: next
  }
}

/** A clerk takes note, or answers what was done. Throws AppError NOT_FOUND, ACTION_MOVED_ON (409). */
export async function answerAction(ctx: ServerContext, actor: Actor, id: string, text?: string) {
  const sealed = text === undefined ? {} : { answer_enc: ctx.crypto.encrypt('oversight_action', 'answer_enc', id, text.trim()) }
  const patch = text === undefined ? { state: 'acknowledged' as const }
    : { state: 'answered' as const, ...sealed, answered_by: idOf(actor), answered_at: ctx.clock.now() }
  const from = text === undefined ? ['sent' as const] : ['sent' as const, 'acknowledged' as const]
  return move(ctx, actor, id, { from, patch, type: `oversight-action-${patch.state}` })
}

/** A supervisor looks at the answer: it closes the action, or sends it back. Throws AppError NOT_FOUND, ACTION_MOVED_ON (409). */
export async function checkAction(ctx: ServerContext, actor: Actor, id: string, isSettled: boolean) {
  const patch = { state: isSettled ? 'closed' as const : 'sent' as const, checked_by: idOf(actor), checked_at: ctx.clock.now() }
  const type = isSettled ? 'oversight-action-closed' : 'oversight-action-returned'
  return move(ctx, actor, id, { from: ['answered'], patch, type })
}

interface Move {
  readonly from: readonly ActionState[]
  readonly patch: Partial<ActionRow>
  readonly type: string
}

async function move(ctx: ServerContext, actor: Actor, id: string, { from, patch, type }: Move) {
  const { region, remit } = overseen(ctx, actor)
  const row = await findAction(ctx.db, remit, clerkOf(actor), id)
  if (!row) throw new AppError('NOT_FOUND')
  await ctx.db.transaction(async trx => {
    if (!await moveAction(trx, id, from, patch)) throw new AppError('ACTION_MOVED_ON')
    await note(trx, ctx, actor, row, type)
  })
  return actionView(ctx, region, { ...row, ...patch })
}

/** Whose it is to answer. */
async function targetOf(ctx: ServerContext, actor: Actor, region: Region, { itemId, department, division }: NewAction) {
  const covers = (one: string): boolean => coversDivision(actor.division, one)
  if (itemId !== undefined) {
    const item = await findItem(ctx.db, itemId)
    if (!item || item.region !== region.slug || (item.division !== null && !covers(item.division))) throw new AppError('NOT_FOUND')
    return { application_id: item.application_id, item_id: item.id, department: item.department, division: item.division }
  }
  const problems: FieldProblem[] = []
  if (department !== undefined && !region.departments.some(({ slug }) => slug === department)) {
    problems.push({ path: '/department', code: 'ENUM', message: '没有这个部门' })
  }
  if (division !== undefined && !(region.divisions.some(({ code }) => code === division) && covers(division))) {
    problems.push({ path: '/division', code: 'ENUM', message: '不在您督办的区划内' })
  }
  if (department === undefined && division === undefined) {
    problems.push({ path: '/department', code: 'REQUIRED', message: '请选择督办的事项、部门或区划' })
  }
  if (problems.length > 0) throw new AppError('FORM_INVALID', { fields: problems })
  return { application_id: null, item_id: null, department: department ?? null, division: division ?? actor.division }
}

/** Only clerks are bound to what is theirs alone; a supervisor sees what every clerk was asked. */
function clerkOf(actor: Actor): string | null {
  return hasRole(actor, 'supervisor', 'auditor') ? null : idOf(actor)
}

async function note(trx: ServerContext['db'], { clock }: ServerContext, actor: Actor, row: ActionRow, type: string): Promise<void> {
  await appendAudit(trx, {
    chain: row.application_id ?? 'system', type, actor: auditActor(actor), itemId: row.item_id,
    data: {
      actionId: row.id, level: row.level, region: row.region,
      department: row.department, division: row.division, deadline: row.deadline
    },
    at: clock.now()
  })
}

function actionView({ crypto }: ServerContext, region: Region, row: ActionRow) {
  const open = (column: 'text_enc' | 'answer_enc'): string | null => {
    const sealed = row[column]
    return sealed === null ? null : crypto.decrypt('oversight_action', column, row.id, sealed)
  }
  return {
    id: row.id, level: row.level, levelText: LEVELS[row.level].title, state: row.state, stateText: STATES[row.state],
    applicationId: row.application_id, itemId: row.item_id, department: row.department,
    departmentName: row.department === null ? null : departmentName(region, row.department),
    division: row.division, clerk: row.clerk, deadline: row.deadline, text: open('text_enc'),
    createdBy: row.created_by, createdAt: formatInstant(row.created_at),
    answer: open('answer_enc'), answeredBy: row.answered_by, answeredAt: row.answered_at === null ? null : formatInstant(row.answered_at)
  }
}
