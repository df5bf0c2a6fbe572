import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import { findIntake, updateIntake } from '../../db/window-intakes.ts'
import type { IntakePatch, Signing, WindowIntake } from '../../db/window-intakes.ts'
import { requireDraft } from '../applications.ts'
import { nameOf } from '../tasks/task-view.ts'
import { matchDocument, namedKey } from './shown-document.ts'
import { witnessOf } from './witness.ts'

export interface SigningNote {
  readonly way: Signing
  /** Who saw the fingerprint being given. */
  readonly witness?: string
  /** 复印件已由申请人签名. */
  readonly copiesSigned: boolean
}

/** What the counter has noted so far beside the form. */
export async function viewIntake(ctx: ServerContext, application: Application) {
  const intake = await intakeOf(ctx, application)
  return {
    takenBy: await nameOf(ctx, intake.taken_by),
    takenAt: formatInstant(intake.taken_at),
    signing: intake.signing,
    witness: witnessOf(ctx, intake),
    copiesSigned: intake.has_signed_copies,
    agentCheckedAt: isAgentChecked(ctx, application, intake) ? formatInstant(intake.agent_checked_at!) : null,
    callBackPromisedAt: instantOrNull(intake.call_back_promised_at),
    toldAt: instantOrNull(intake.told_at)
  }
}

/** Holds the card of who acts for the applicant against the form. Throws AppError FORM_INVALID, IDENTITY_MISMATCH. */
export async function checkAgent(ctx: ServerContext, actor: Actor, application: Application, reading: string): Promise<void> {
  const key = matchDocument(ctx, readContent(ctx, application), 'agent', reading)
  const at = ctx.clock.now()
  await note(ctx, actor, application, { agent_key: key, agent_checked_at: at }, { type: 'agent-checked', data: {} })
}

/**
 * Notes how the form is signed, before it is submitted.
 * @throws AppError ALREADY_SUBMITTED, AGENT_UNCHECKED (409), FORM_INVALID without the witness of a fingerprint (422)
 */
export async function noteSigning(
  ctx: ServerContext, actor: Actor, application: Application, { way, witness, copiesSigned }: SigningNote
): Promise<void> {
  requireDraft(application)
  const intake = await intakeOf(ctx, application)
  if (readContent(ctx, application).agent && !isAgentChecked(ctx, application, intake)) throw new AppError('AGENT_UNCHECKED')
  const name = witness?.trim() ?? ''
  if (way === 'fingerprint' && name === '') {
    throw new AppError('FORM_INVALID', { fields: [{ path: '/witness', code: 'REQUIRED', message: '按指印的，请填写见证人姓名' }] })
  }
  const witnessEnc = name === '' ? null : ctx.crypto.encrypt('window_intake', 'witness_enc', application.id, name)
  await note(ctx, actor, application, { signing: way, witness_enc: witnessEnc, has_signed_copies: copiesSigned }, {
    type: 'signing-noted', data: { way, hasWitness: name !== '', copiesSigned }
  })
}

/** What was noted. Throws AppError NOT_FOUND for what no counter took in. */
export async function intakeOf({ db }: Pick<ServerContext, 'db'>, { id }: Application): Promise<WindowIntake> {
  const intake = await findIntake(db, id)
  if (!intake) throw new AppError('NOT_FOUND')
  return intake
}

/** Writes to the intake and to the trail of its application, together. */
export async function note(
  ctx: ServerContext, actor: Actor, { id }: Application, patch: IntakePatch,
  { type, data }: { readonly type: 'agent-checked' | 'signing-noted' | 'call-back-promised' | 'applicant-told'; readonly data: Readonly<Record<string, unknown>> }
): Promise<void> {
  await ctx.db.transaction(async trx => {
    await appendAudit(trx, { chain: id, type, actor: auditActor(actor), data, at: ctx.clock.now() })
    await updateIntake(trx, id, patch)
  })
}

/** The check holds for the agent whom the form names now. */
function isAgentChecked(ctx: ServerContext, application: Application, { agent_key, agent_checked_at }: WindowIntake): boolean {
  return agent_checked_at !== null && agent_key === namedKey(ctx, readContent(ctx, application), 'agent')
}

const instantOrNull = (instant: number | null): string | null => (instant === null ? null : formatInstant(instant))
