import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { Application } from '../../db/applications.ts'
import { findApplication } from '../../db/applications.ts'
import { isWithinRemit } from '../../db/audit-queries.ts'
import { overseen } from './sla-days.ts'

/** A case for whoever oversees it. Throws AppError NOT_FOUND for a case of somebody else. */
export async function overseenCase(ctx: ServerContext, actor: Actor, id: string): Promise<Application> {
  const application = await isWithinRemit(ctx.db, overseen(ctx, actor).remit, id) ? await findApplication(ctx.db, id) : null
  if (!application) throw new AppError('NOT_FOUND')
  return application
}
