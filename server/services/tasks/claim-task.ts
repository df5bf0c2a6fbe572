import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findDecisionOfTask } from '../../db/decisions.ts'
import { proposedBy } from '../../db/decision-proposals.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { changeWorkItem, endWorkItem, findWorkItem } from '../../db/work-items.ts'
import { holderOf } from './desks.ts'
import { findTasks } from './list-tasks.ts'
import type { TaskQuery } from './list-tasks.ts'
import { auditTask } from './task-audit.ts'
import { decisionsOf, nameOf } from './task-view.ts'

/** How many tasks `next` looks at before it gives up among others who take them at the same moment. */
const NEXT_CANDIDATES = 20

/**
 * Takes a task for its asker; of several who try at once exactly one gets it. Who holds it already gets it again.
 * @throws AppError TASK_CLAIMED with the holder's name, TASK_GONE (409), ENGINE_UNAVAILABLE (503, the task stays free)
 */
export async function claimTask(ctx: ServerContext, actor: Actor, id: string): Promise<WorkItem> {
  const taken = await takeTask(ctx, actor, id)
  if (taken) return taken
  const task = await openTask(ctx, id)
  if (task.assignee !== holderOf(actor)) throw await claimedBy(ctx, task)
  return task
}

/**
 * Gives a task back to its group, a delegated one to who delegated it; a free one stays free.
 * @throws AppError TASK_CLAIMED when somebody else holds it, TASK_GONE (409), ENGINE_UNAVAILABLE (503)
 */
export async function unclaimTask(ctx: ServerContext, actor: Actor, id: string): Promise<WorkItem> {
  const holder = holderOf(actor)
  const { delegated_from: owner } = await openTask(ctx, id)
  const isGiven = await handTask(ctx, actor, id, { from: holder, to: owner, type: 'task-unclaimed', delegatedFrom: null })
  const task = await openTask(ctx, id)
  if (!isGiven && task.assignee !== null) throw await claimedBy(ctx, task)
  return task
}

/** Hands an open task from one holder to another, and tells the engine; false when it was no longer with `from`. */
export async function handTask(ctx: ServerContext, actor: Actor, id: string, handing: Handing): Promise<boolean> {
  if (!await change(ctx, actor, id, handing)) return false
  await mirror(ctx, actor, await openTask(ctx, id), handing)
  return true
}

/** Takes the most urgent free task of the asker's desks; null when there is none. */
export async function takeNextTask(
  ctx: ServerContext, actor: Actor, filters: Pick<TaskQuery, 'slug' | 'sla' | 'applicationId'>
): Promise<WorkItem | null> {
  const candidates = await findTasks(ctx, actor, { ...filters, queue: 'group' }, { after: null, limit: NEXT_CANDIDATES })
  const own = await proposedBy(ctx.db, candidates.map(({ id }) => id), holderOf(actor))
  for (const { id } of candidates) {
    if (own.has(id)) continue
    const task = await takeTask(ctx, actor, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'TASK_GONE') return null
      throw error
    })
    if (task) return task
  }
  return null
}

/** Takes a task that is nobody's; null when it is no longer free. */
async function takeTask(ctx: ServerContext, actor: Actor, id: string): Promise<WorkItem | null> {
  const isTaken = await handTask(ctx, actor, id, { from: null, to: holderOf(actor), type: 'task-claimed' })
  return isTaken ? openTask(ctx, id) : null
}

/** The task as it is open now. Throws AppError TASK_GONE (409) that says who decided what. */
export async function openTask(ctx: Pick<ServerContext, 'db' | 'crypto'>, id: string): Promise<WorkItem> {
  const task = await findWorkItem(ctx.db, id)
  if (task?.state !== 'open') throw await goneBy(ctx, id)
  return task
}

/** The refusal that says who has decided a task, and what; the bare one where nobody here did. */
export async function goneBy(ctx: Pick<ServerContext, 'db' | 'crypto'>, id: string): Promise<AppError> {
  const [task, decision] = await Promise.all([findWorkItem(ctx.db, id), findDecisionOfTask(ctx.db, id)])
  if (!task || !decision) return new AppError('TASK_GONE')
  const label = decisionsOf(task).find(({ value }) => value === decision.decision)?.label ?? decision.decision
  return new AppError('TASK_GONE', { detail: `该任务已由${await nameOf(ctx, decision.decided_by)}作出意见“${label}”。` })
}

/** The task as the actor holds it. Throws AppError TASK_GONE, TASK_NOT_CLAIMED, TASK_CLAIMED (409). */
export async function heldTask(ctx: ServerContext, actor: Actor, id: string): Promise<WorkItem> {
  const task = await openTask(ctx, id)
  if (task.assignee !== holderOf(actor)) throw await claimedBy(ctx, task)
  return task
}

/** The refusal that names who holds a task. */
export async function claimedBy(ctx: ServerContext, { assignee }: WorkItem): Promise<AppError> {
  if (assignee === null) return new AppError('TASK_NOT_CLAIMED')
  return new AppError('TASK_CLAIMED', { extra: { holder: await nameOf(ctx, assignee) } })
}

export interface Handing {
  readonly from: string | null
  readonly to: string | null
  readonly type: 'task-claimed' | 'task-unclaimed' | 'task-transferred' | 'task-delegated' | 'task-reassigned'
  /** Who gets it back; null = nobody, the group does. */
  readonly delegatedFrom?: string | null
  readonly reason?: string
  /** Only where the task goes to another division's desk. */
  readonly division?: { readonly from: string | null; readonly to: string | null }
}

async function change(
  ctx: ServerContext, actor: Actor, id: string, { from, to, type, delegatedFrom = null, reason, division }: Handing
): Promise<boolean> {
  return ctx.db.transaction(async trx => {
    const patch = { assignee: to, delegated_from: delegatedFrom, ...(division && { division: division.to }) }
    const isChanged = await changeWorkItem(trx, id, { state: 'open', assignee: from }, patch, ctx.clock.now())
    const task = isChanged ? await findWorkItem(trx, id) : null
    const moved = { from, to, ...(division && { division: division.to }) }
    const data = type === 'task-reassigned' ? moved : type === 'task-claimed' || to === null ? {} : { to }
    if (task) await auditTask(trx, ctx, actor, task, { type, data, text: reason ?? null })
    return isChanged
  })
}

/** Our table is the truth about who holds a task; the engine is told, and what it cannot be told is taken back. */
async function mirror(
  ctx: ServerContext, actor: Actor, task: WorkItem, { from: before, to: holder, division }: Handing
): Promise<void> {
  const answer = await ctx.engine.assignTask(task.id, holder).catch(async (error: unknown) => {
    const type = before === null ? 'task-unclaimed' : 'task-claimed'
    const back = division && { from: division.to, to: division.from }
    await change(ctx, actor, task.id, { from: holder, to: before, type, ...(back && { division: back }) })
    throw error
  })
  if (answer === 'done') return
  const now = ctx.clock.now()
  const isCompleted = (await ctx.engine.endedTask(task.id))?.isCompleted ?? false
  await endWorkItem(ctx.db, task.id, { isCompleted, endedAt: now }, now)
  throw new AppError('TASK_GONE')
}
