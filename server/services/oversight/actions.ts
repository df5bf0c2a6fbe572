import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../../core/dates.ts'
import { AppError, fieldError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import type { ActionLevel } from '../../../core/supervision.ts'
import { auditActor, hasRole, idOf } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { findAction, insertAction, listActions, moveAction } from '../../db/oversight-actions.ts'
import type { ActionRow, ActionState } from '../../db/oversight-actions.ts'
import { pageOf, readCursor } from '../../http/cursor.ts'
import { departmentName } from '../../regions/titles.ts'
import { targetOf } from './action-target.ts'
import type { About } from './action-target.ts'
import { rungOf } from './ladder.ts'
import { overseen } from './sla-days.ts'

export interface NewAction extends About {
  readonly level: ActionLevel
  readonly text: string
  /** Working days until an answer is due; the rung's when left out. */
  readonly workingDays?: number
}

const STATES: Readonly<Record<ActionState, string>> = { sent: '已发出', acknowledged: '已签收', answered: '已答复', closed: '已办结' }
const DEFAULT_LIMIT = 50
const NO_ANSWER = { answer_enc: null, answered_by: null, answered_at: null, checked_by: null, checked_at: null }
const NO_PROOF = {
  proof_enc: null, proof_file_id: null, proof_stored_name: null, proof_file_name_enc: null, proof_media_type: null,
  remark_enc: null
}

/**
 * Sends a rung of the ladder to whoever has to answer. Nothing is decided by it: cases go on as they would.
 * Throws AppError NOT_FOUND for an item of somebody else, FORM_INVALID for a rung that the region does not use and for a target
 * that is not overseen.
 */
export async function sendAction(ctx: ServerContext, actor: Actor, input: NewAction) {
  const { region, remit, days } = overseen(ctx, actor)
  const rung = rungOf(ctx, region.slug, input.level)
  const target = await targetOf(ctx, actor, input)
  const id = randomUUID()
  const row: ActionRow = {
    id, region: remit.region, level: input.level, ...target,
    deadline: ctx.calendar.addWorkingDays(days.today, input.workingDays ?? rung.workingDays).date,
    text_enc: ctx.crypto.encrypt('oversight_action', 'text_enc', id, input.text.trim()), state: 'sent',
    created_by: idOf(actor), created_at: ctx.clock.now(), ...NO_ANSWER, ...NO_PROOF, round: 1
  }
  await ctx.db.transaction(async trx => {
    await insertAction(trx, row)
    await noteAction(trx, ctx, actor, row, 'oversight-action-sent')
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

/** A clerk takes note. Throws AppError NOT_FOUND, ACTION_MOVED_ON (409). */
export async function acknowledgeAction(ctx: ServerContext, actor: Actor, id: string) {
  return move(ctx, actor, id, { from: ['sent'], type: 'oversight-action-acknowledged', patch: () => ({ state: 'acknowledged' }) })
}

/**
 * A clerk answers what was done; where the rung asks for it, with what proves it: words, or the file that was handed in before.
 * Throws AppError NOT_FOUND, FORM_INVALID for want of proof, ACTION_MOVED_ON (409).
 */
export async function answerAction(ctx: ServerContext, actor: Actor, id: string, { text, proof }: Answer) {
  const { crypto, clock } = ctx
  return move(ctx, actor, id, {
    from: ['sent', 'acknowledged'], type: 'oversight-action-answered',
    patch: row => {
      const isProved = proof?.trim() || row.proof_stored_name !== null
      if (rungOf(ctx, row.region, row.level).needsProof && !isProved) {
        throw fieldError('/proof', 'REQUIRED', '这一层级的答复须附证明：请上传文件，或写明证明内容')
      }
      return {
        state: 'answered', answered_by: idOf(actor), answered_at: clock.now(),
        answer_enc: crypto.encrypt('oversight_action', 'answer_enc', id, text.trim()),
        proof_enc: proof?.trim() ? crypto.encrypt('oversight_action', 'proof_enc', id, proof.trim()) : null
      }
    }
  })
}

/**
 * A supervisor looks at the answer again: it closes the action, or opens it anew with the rung's days from today and the remark
 * that says what is missing. Throws AppError NOT_FOUND, ACTION_MOVED_ON (409).
 */
export async function checkAction(ctx: ServerContext, actor: Actor, id: string, { isSettled, remark }: Check) {
  const { crypto, clock, calendar } = ctx
  const daysFrom = ({ region, level }: ActionRow): string =>
    calendar.addWorkingDays(clock.today(), rungOf(ctx, region, level).workingDays).date
  return move(ctx, actor, id, {
    from: ['answered'], type: isSettled ? 'oversight-action-closed' : 'oversight-action-returned',
    patch: row => ({
      checked_by: idOf(actor), checked_at: clock.now(),
      remark_enc: remark?.trim() ? crypto.encrypt('oversight_action', 'remark_enc', id, remark.trim()) : null,
      ...(isSettled ? { state: 'closed' } : { state: 'sent', round: row.round + 1, deadline: daysFrom(row) })
    })
  })
}

interface Answer {
  readonly text: string
  readonly proof?: string
}

interface Check {
  readonly isSettled: boolean
  readonly remark?: string
}

interface Move {
  readonly from: readonly ActionState[]
  readonly patch: (row: ActionRow) => Partial<ActionRow>
  readonly type: string
}

async function move(ctx: ServerContext, actor: Actor, id: string, { from, patch, type }: Move) {
  const { region } = overseen(ctx, actor)
  const row = await ownAction(ctx, actor, id)
  if (!from.includes(row.state)) throw new AppError('ACTION_MOVED_ON')
  const change = patch(row)
  const moved = { ...row, ...change }
  await ctx.db.transaction(async trx => {
    if (!await moveAction(trx, id, from, change)) throw new AppError('ACTION_MOVED_ON')
    await noteAction(trx, ctx, actor, moved, type)
  })
  return actionView(ctx, region, moved)
}

/** The action, if it concerns the actor. Throws AppError NOT_FOUND. */
export async function ownAction(ctx: ServerContext, actor: Actor, id: string): Promise<ActionRow> {
  const row = await findAction(ctx.db, overseen(ctx, actor).remit, clerkOf(actor), id)
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** Only clerks are bound to what is theirs alone; a supervisor sees what every clerk was asked. */
function clerkOf(actor: Actor): string | null {
  return hasRole(actor, 'supervisor', 'auditor') ? null : idOf(actor)
}

/** Notes in the trail what became of an action. */
export async function noteAction(trx: ServerContext['db'], { clock }: ServerContext, actor: Actor, row: ActionRow, type: string): Promise<void> {
  await appendAudit(trx, {
    chain: row.application_id ?? 'system', type, actor: auditActor(actor), itemId: row.item_id,
    data: {
      actionId: row.id, level: row.level, region: row.region,
      department: row.department, division: row.division, deadline: row.deadline,
      ...(row.round > 1 && { round: row.round }), ...(row.source_kind && { source: row.source_kind, sourceId: row.source_id })
    },
    at: clock.now()
  })
}

function actionView({ crypto, regions }: ServerContext, region: Region, row: ActionRow) {
  const open = (column: 'text_enc' | 'answer_enc' | 'proof_enc' | 'proof_file_name_enc' | 'remark_enc'): string | null => {
    const sealed = row[column]
    return sealed === null ? null : crypto.decrypt('oversight_action', column, row.id, sealed)
  }
  const rung = regions.supervision(region.slug).rungs.find(({ level }) => level === row.level)
  return {
    id: row.id, level: row.level, levelText: rung?.title ?? row.level, state: row.state, stateText: STATES[row.state],
    applicationId: row.application_id, itemId: row.item_id, department: row.department,
    departmentName: row.department === null ? null : departmentName(region, row.department),
    division: row.division, clerk: row.clerk, deadline: row.deadline, text: open('text_enc'),
    createdBy: row.created_by, createdAt: formatInstant(row.created_at),
    answer: open('answer_enc'), answeredBy: row.answered_by, answeredAt: row.answered_at === null ? null : formatInstant(row.answered_at),
    needsProof: rung?.needsProof ?? false, proof: open('proof_enc'), proofFileName: open('proof_file_name_enc'),
    remark: open('remark_enc'), round: row.round
  }
}
