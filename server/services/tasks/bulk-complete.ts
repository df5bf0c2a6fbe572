import { randomInt } from 'node:crypto'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { findWorkItem } from '../../db/work-items.ts'
import type { WorkItem } from '../../db/work-items.ts'
import type { BulkResult } from './bulk-tasks.ts'
import { claimTask } from './claim-task.ts'
import { completeTask } from './complete-task.ts'

/** Draws `count` of a list; another draw can be given to a test. */
export type Draw = (count: number, of: number) => ReadonlySet<number>

/**
 * Approves many reviews of one matter at once. Only where every check is green; of the green ones the share that the region
 * configures (all, when it configures none) is drawn for individual review and only claimed. Each task has a result of its own.
 * @throws AppError BULK_MIXED (422) for tasks of several kinds
 */
export async function completeInBulk(
  ctx: ServerContext, actor: Actor, ids: readonly string[], { isGreen, draw = drawByChance }: BulkRules
): Promise<BulkResult[]> {
  const tasks = await Promise.all([...new Set(ids)].map(async id => ({ id, task: await visible(ctx, actor, id) })))
  const kinds = new Set(tasks.flatMap(({ task }) => (task ? [`${task.slug} ${task.activity_id}`] : [])))
  if (kinds.size > 1) throw new AppError('BULK_MIXED')
  const results = new Map<string, BulkResult>()
  const green: WorkItem[] = []
  for (const { id, task } of tasks) {
    if (!task) results.set(id, { id, status: 'refused', code: 'NOT_FOUND' })
    else if (await isGreen(task)) green.push(task)
    else results.set(id, { id, status: 'refused', code: 'CHECK_NOT_GREEN' })
  }
  const percent = ctx.regions.all().find(({ slug }) => slug === actor.region)?.thresholds.bulkReviewPercent ?? 100
  const drawn = draw(Math.ceil(green.length * percent / 100), green.length)
  for (const [index, { id }] of green.entries()) results.set(id, await settle(ctx, actor, id, drawn.has(index)))
  return tasks.map(({ id }) => results.get(id)!)
}

export interface BulkRules {
  readonly isGreen: (task: WorkItem) => Promise<boolean>
  readonly draw?: Draw
}

async function settle(ctx: ServerContext, actor: Actor, id: string, isDrawn: boolean): Promise<BulkResult> {
  try {
    await claimTask(ctx, actor, id)
    if (isDrawn) return { id, status: 'drawn' }
    await completeTask(ctx, actor, id, { decision: 'approve', values: { inBulk: true } })
    return { id, status: 'done' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { id, status: 'refused', code: error.code }
  }
}

async function visible(ctx: ServerContext, actor: Actor, id: string): Promise<WorkItem | null> {
  const task = await findWorkItem(ctx.db, id)
  return task && canSeeTask(actor, task) ? task : null
}

/** Nobody can know beforehand which are looked at. */
function drawByChance(count: number, of: number): ReadonlySet<number> {
  const drawn = new Set<number>()
  while (drawn.size < Math.min(count, of)) drawn.add(randomInt(of))
  return drawn
}
