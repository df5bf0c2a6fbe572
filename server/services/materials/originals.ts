import { randomUUID } from 'node:crypto'
import { AppError } from '../../../core/errors.ts'
import { auditActor, hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import { insertOriginalCheck } from '../../db/material-checks.ts'
import type { OriginalWay } from '../../db/material-checks.ts'
import { holderOf } from '../tasks/desks.ts'
import { materialsNeeded } from './needed.ts'
import { visibleMatters } from './visible.ts'

export interface SeenOriginal {
  readonly code: string
  readonly way: OriginalWay
  readonly note?: string
}

/**
 * 原件已核: a member of the staff has seen the original of a material. A window vouches for everything that it is shown, a clerk
 * for the materials of the own desk's matters. Kept for good, with who and how. Throws AppError MATERIAL_UNKNOWN (422) for
 * a material that nobody asks for, or whose original nobody has to see.
 */
export async function verifyOriginal(
  ctx: ServerContext, actor: Actor, application: Application, seen: SeenOriginal
): Promise<void> {
  const matters = await visibleMatters(ctx, actor, application)
  const needed = await materialsNeeded(ctx, application, readContent(ctx, application), matters)
  const material = needed.find(({ code, verifyOriginal: isAsked }) => code === seen.code && isAsked)
  if (!material) {
    const message = '该申请没有须核验原件的这种材料'
    throw new AppError('MATERIAL_UNKNOWN', { detail: `${message}。`, fields: [{ path: '/code', code: 'MATERIAL_UNKNOWN', message }] })
  }
  const id = randomUUID()
  const at = ctx.clock.now()
  const note = seen.note?.trim() || null
  await ctx.db.transaction(async trx => {
    if (!await findApplication(trx, application.id, true)) throw new AppError('NOT_FOUND')
    await insertOriginalCheck(trx, {
      id, application_id: application.id, code: seen.code, way: seen.way, checked_by: holderOf(actor), checked_at: at,
      note_enc: note && ctx.crypto.encrypt('original_check', 'note_enc', id, note)
    })
    await appendAudit(trx, {
      chain: application.id, type: 'original-verified', actor: auditActor(actor), at,
      data: { code: seen.code, name: material.name, way: seen.way, ruleId: material.ruleId, atWindow: hasRole(actor, 'window') }
    })
  })
}
