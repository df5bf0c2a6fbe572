import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { findStaff, listStaff } from '../../db/staff.ts'
import type { StaffAccount } from '../../db/staff.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { claimedBy, handTask, openTask } from './claim-task.ts'
import { holderOf } from './desks.ts'
import { namesOf } from './task-view.ts'

export interface HandOver {
  /** Account of the colleague. */
  readonly to: string
  readonly reason?: string
}

export interface Colleague {
  readonly account: string
  readonly name: string
}

/**
 * Hands a task to a colleague for good (移交). Its holder may, and for a free task whoever could take it.
 * @throws AppError TASK_CLAIMED, TASK_GONE (409), COLLEAGUE_UNKNOWN (422), ENGINE_UNAVAILABLE (503)
 */
export function transferTask(ctx: ServerContext, actor: Actor, id: string, order: HandOver): Promise<WorkItem> {
  return handOver(ctx, actor, id, order, 'task-transferred')
}

/** Lets a colleague work on a task (委托); giving it back brings it to who delegated it. Throws as transferTask does. */
export function delegateTask(ctx: ServerContext, actor: Actor, id: string, order: HandOver): Promise<WorkItem> {
  return handOver(ctx, actor, id, order, 'task-delegated')
}

async function handOver(
  ctx: ServerContext, actor: Actor, id: string, { to, reason }: HandOver, type: 'task-transferred' | 'task-delegated'
): Promise<WorkItem> {
  const task = await openTask(ctx, id)
  const holder = holderOf(actor)
  if (task.assignee !== null && task.assignee !== holder) throw await claimedBy(ctx, task)
  await requireColleague(ctx, actor, task, to)
  const delegatedFrom = type === 'task-delegated' ? holder : null
  const handing = { from: task.assignee, to, type, delegatedFrom, reason: reason?.trim() || undefined }
  const isHanded = await handTask(ctx, actor, id, handing)
  if (!isHanded) throw await claimedBy(ctx, await openTask(ctx, id))
  return openTask(ctx, id)
}

/** Somebody else who works at the task's desk. Throws AppError COLLEAGUE_UNKNOWN (422). */
export async function requireColleague(ctx: ServerContext, actor: Actor, task: WorkItem, account: string): Promise<void> {
  const staff = await findStaff(ctx.db, account)
  if (account !== actor.account && staff && canSeeTask(asActor(staff), task)) return
  throw new AppError('COLLEAGUE_UNKNOWN', { fields: [{ path: '/to', code: 'COLLEAGUE_UNKNOWN', message: '请从本任务的同事名单中选择' }] })
}

/** Who else could do a task, by account. */
export async function colleaguesOf(ctx: ServerContext, actor: Actor, task: WorkItem): Promise<Colleague[]> {
  const staff = await listStaff(ctx.db, task.region, task.department)
  const others = staff.filter(one => one.account !== actor.account && canSeeTask(asActor(one), task))
  return [...await namesOf(ctx, others.map(({ account }) => account))].map(([account, name]) => ({ account, name }))
}

/** A member of the staff as one who acts. */
export function asActor({ account, ...staff }: StaffAccount): Actor {
  return { ...staff, account, key: '', personKey: null }
}
