import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { findWorkItem } from '../../db/work-items.ts'
import { claimTask, unclaimTask } from './claim-task.ts'

export interface BulkResult {
  readonly id: string
  /** `drawn`: green, but claimed to be looked at by itself. */
  readonly status: 'done' | 'drawn' | 'refused'
  /** Why, for a refused one. */
  readonly code?: string
}

/** Claims or gives back several tasks; each for itself, so that one refusal does not stop the others. */
export async function bulkTasks(
  ctx: ServerContext, actor: Actor, action: 'claim' | 'unclaim', ids: readonly string[]
): Promise<BulkResult[]> {
  const results: BulkResult[] = []
  for (const id of new Set(ids)) {
    try {
      const task = await findWorkItem(ctx.db, id)
      if (!task || !canSeeTask(actor, task)) throw new AppError('NOT_FOUND')
      await (action === 'claim' ? claimTask : unclaimTask)(ctx, actor, id)
      results.push({ id, status: 'done' })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      results.push({ id, status: 'refused', code: error.code })
    }
  }
  return results
}
