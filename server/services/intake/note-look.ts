import { auditActor, hasRole } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { Application } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import type { AuditRow } from '../../db/audit-event.ts'

/** A page that asks again while it is open is one look. */
const ONE_LOOK_MS = 15 * 60_000

/** Notes that a counter opened a case that was taken in at one: it sees the form in full. Other looks are masked or one's own. */
export async function noteLook(ctx: ServerContext, actor: Actor, { id, channel }: Application): Promise<void> {
  if (channel !== 'window' || !hasRole(actor, 'window')) return
  const by = auditActor(actor)
  const at = ctx.clock.now()
  const last = await ctx.db<AuditRow>('audit_event').where({ chain: id, type: 'personal-data-viewed', actor_id: by.id })
    .orderBy('seq', 'desc').first('at')
  if (last && last.at > at - ONE_LOOK_MS) return
  await appendAudit(ctx.db, { chain: id, type: 'personal-data-viewed', actor: by, data: { purpose: 'window-case' }, at })
}
