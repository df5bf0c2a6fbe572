import { AppError, RetryableError, fieldError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeTask, coversDivision } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { proposedBy } from '../../db/decision-proposals.ts'
import { findLoad, sumLoad } from '../../db/load-queries.ts'
import type { Load } from '../../db/load-queries.ts'
import { listClerks } from '../../db/staff.ts'
import type { StaffAccount } from '../../db/staff.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { departmentName } from '../../regions/titles.ts'
import { handTask } from '../tasks/claim-task.ts'
import { asActor } from '../tasks/hand-over.ts'
import { namesOf } from '../tasks/task-view.ts'
import { overseen } from './sla-days.ts'

/** A clerk, or, where only a division is named, the group of that division. */
export interface LoadEnd {
  readonly clerk?: string
  readonly division?: string
}

export interface LoadMove {
  readonly department: string
  readonly from: LoadEnd
  readonly to: LoadEnd
  readonly count: number
  readonly reason: string
}

/** Tasks that must stay where they are (four eyes) are passed over; of each move no more are looked at. */
const MOST_LOOKED_AT = 1000

/**
 * Who has how much to do within the actor's divisions: each clerk who has ever logged in, and what waits for somebody of a group.
 * Narrowed to a division it lists who could do a task there. Throws AppError FORBIDDEN.
 */
export async function loadOf(
  ctx: ServerContext, actor: Actor, { department, division }: { department?: string; division?: string }
) {
  const { region, remit } = overseen(ctx, actor)
  const loads = await sumLoad(ctx.db, remit, ctx.clock.now())
  const isThere = (own: string | null): boolean =>
    division === undefined || own === null || coversDivision(own, division) || coversDivision(division, own)
  const isAsked = (one: { readonly department: string | null; readonly division: string | null }): boolean =>
    (department === undefined || one.department === department) && isThere(one.division)
  const clerks = (await overseenClerks(ctx, actor)).filter(isAsked)
  const names = await namesOf(ctx, clerks.map(({ account }) => account))
  return {
    clerks: clerks.map(({ account, department: group, division: own }) => ({
      account, name: names.get(account)!, department: group!, departmentName: departmentName(region, group!),
      division: own, ...sumOf(loads.filter(({ assignee }) => assignee === account))
    })),
    groups: loads.filter(one => one.assignee === null && isAsked(one)).map(({ assignee: _nobody, ...group }) => ({
      ...group, departmentName: departmentName(region, group.department)
    }))
  }
}

/**
 * Moves open tasks of a clerk or a group to another one of the same department, the most urgent first; each is noted in the
 * trail of its case with the reason. To another department none can go: only its own may decide. Nothing is decided by it.
 * Throws AppError FORM_INVALID for an end that is not the actor's to oversee, or that could not do the tasks; RetryableError
 * ENGINE_UNAVAILABLE before anything was moved.
 */
export async function moveLoad(ctx: ServerContext, actor: Actor, { department, from, to, count, reason }: LoadMove) {
  const { remit } = overseen(ctx, actor)
  const clerks = (await overseenClerks(ctx, actor)).filter(one => one.department === department)
  const clerk = endOf(ctx, actor, clerks, to, '/to')
  endOf(ctx, actor, clerks, from, '/from')
  const isSame = from.clerk === to.clerk && (to.clerk !== undefined || from.division === to.division)
  if (isSame) throw fieldError('/to', 'ENUM', '请选择另一位承办人或另一组')
  const own = from.division === undefined ? remit.divisionPrefix : from.division.replace(/(00)+$/, '')
  const tasks = await findLoad(ctx.db, { ...remit, department, divisionPrefix: own }, from.clerk ?? null, MOST_LOOKED_AT)
  const proposed = clerk ? await proposedBy(ctx.db, tasks.map(({ id }) => id), clerk.account) : new Set<string>()
  let [moved, refused] = [0, 0]
  for (const task of tasks.filter(({ id }) => !proposed.has(id))) {
    if (moved === count) break
    const isMoved = await moveTask(ctx, actor, task, { to, clerk, reason }).catch((error: unknown) => {
      if (!(error instanceof AppError) || (error instanceof RetryableError && moved === 0)) throw error
      return error instanceof RetryableError ? null : false
    })
    if (isMoved === null) break
    if (isMoved) moved++
    else refused++
  }
  return { moved, refused }
}

async function moveTask(
  ctx: ServerContext, actor: Actor, task: WorkItem,
  { to, clerk, reason }: { to: LoadEnd; clerk: StaffAccount | null; reason: string }
): Promise<boolean> {
  const canStay = clerk === null || canSeeTask(asActor(clerk), task)
  const division = to.division ?? (canStay ? task.division : clerk.division)
  return handTask(ctx, actor, task.id, {
    from: task.assignee, to: clerk?.account ?? null, type: 'task-reassigned', reason: reason.trim(),
    ...(division !== task.division && { division: { from: task.division, to: division } })
  })
}

/** The clerk of an end, null for a group. Throws AppError FORM_INVALID for one that is not there or not the actor's to see. */
function endOf(
  ctx: ServerContext, actor: Actor, clerks: readonly StaffAccount[], { clerk, division }: LoadEnd, path: string
): StaffAccount | null {
  const { region } = overseen(ctx, actor)
  if (division !== undefined) {
    const isKnown = region.divisions.some(({ code }) => code === division)
    if (!isKnown || !coversDivision(actor.division, division)) throw fieldError(`${path}/division`, 'ENUM', '不在您监督的区划内')
  }
  if (clerk === undefined) return null
  const staff = clerks.find(({ account }) => account === clerk)
  const isOf = staff && (division === undefined || staff.division === null || coversDivision(staff.division, division))
  // Whoever has left may still hold tasks: they can be taken from an account that is not listed, but not given to it.
  if (!isOf && path === '/to') throw fieldError('/to/clerk', 'ENUM', '请从本部门、本区划的承办人中选择')
  return staff ?? null
}

/** Clerks of the actor's divisions; one without a division answers for the whole region. */
async function overseenClerks({ db }: ServerContext, actor: Actor): Promise<StaffAccount[]> {
  const clerks = await listClerks(db, actor.region ?? '')
  return clerks.filter(({ division }) => division === null ? actor.division === null : coversDivision(actor.division, division))
}

function sumOf(loads: readonly Load[]): Pick<Load, 'open' | 'overdue'> {
  const sum = (of: 'open' | 'overdue'): number => loads.reduce((total, one) => total + one[of], 0)
  return { open: sum('open'), overdue: sum('overdue') }
}
