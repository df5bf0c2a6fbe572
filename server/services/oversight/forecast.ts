import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { groupBy } from '../../db/group-by.ts'
import { findEndedTasks, findQueues } from '../../db/oversight-queries.ts'
import type { EndedTask, QueuedTask } from '../../db/oversight-queries.ts'
import { matterTitle } from '../../regions/titles.ts'
import { workingDays } from './attribution.ts'
import { overseen } from './sla-days.ts'

/** Service is judged by so many of the last calendar days. */
const WINDOW_DAYS = 28
const DAY = 86_400_000
const MOST = 500

export interface Service {
  /** Tasks that one queue finishes in a working day. */
  readonly perDay: number
  /** Mean time of one task in working days, and by how much the tasks missed it on average. */
  readonly mean: number
  readonly error: number
  readonly tasks: number
}

/**
 * Which open cases will be late if the desks go on as in the last weeks: a task is finished when those before it in its queue
 * (department, division, matter) are. Tells its own error; a queue that has finished nothing is told as `unknown`, not guessed.
 */
export async function slaForecast(ctx: ServerContext, actor: Actor) {
  const { region, remit } = overseen(ctx, actor)
  const since = ctx.clock.now() - WINDOW_DAYS * DAY
  const [queued, ended] = await Promise.all([findQueues(ctx.db, remit), findEndedTasks(ctx.db, remit, since)])
  const days = workingDays(ctx.calendar, since, ctx.clock.now())
  const services = new Map([...groupBy(ended, queueOf)].map(([key, tasks]) => [key, serviceOf(ctx, tasks, days)]))
  const today = ctx.clock.today()
  const items = [...groupBy(queued, queueOf)].flatMap(([key, tasks]) => tasks.map((task, index) => {
    const service = services.get(key)
    const expectedOn = service ? ctx.calendar.addWorkingDays(today, Math.ceil((index + 1) / service.perDay)).date : null
    return {
      applicationId: task.application_id, number: task.number, itemId: task.item_id, slug: task.slug,
      title: matterTitle(region, task.slug),
      department: task.department, division: task.division, before: index, expectedOn, promisedDueDate: task.promised_due,
      verdict: verdictOf(task.promised_due, expectedOn ?? today, expectedOn !== null)
    }
  }))
  const late = items.filter(({ verdict }) => verdict === 'late')
  return {
    windowDays: WINDOW_DAYS,
    counts: { queued: items.length, late: late.length, unknown: items.filter(({ verdict }) => verdict === 'unknown').length },
    items: late.slice(0, MOST),
    queues: [...services].map(([key, { perDay, mean, error, tasks }]) => {
      const [department, division, slug] = key.split('|')
      return {
        department, division, slug, finishedTasks: tasks,
        perWorkingDay: round(perDay), meanWorkingDays: round(mean), errorWorkingDays: round(error)
      }
    })
  }
}

/** What is past its promise already is late whatever its queue does. */
function verdictOf(promised: string | null, expectedOn: string, isKnown: boolean): 'late' | 'in-time' | 'unknown' {
  if (promised === null) return 'unknown'
  if (expectedOn > promised) return 'late'
  return isKnown ? 'in-time' : 'unknown'
}

/** One queue: what the same people work off one after the other. */
const queueOf = ({ department, division, slug }: Pick<QueuedTask, 'department' | 'division' | 'slug'>): string =>
  [department, division ?? '', slug].join('|')

/** How a queue was served: by the number of tasks finished, their mean time and its mean absolute error. */
export function serviceOf(
  { calendar }: Pick<ServerContext, 'calendar'>, tasks: readonly Pick<EndedTask, 'created_at' | 'ended_at'>[], days: number
): Service {
  const times = tasks.map(({ created_at, ended_at }) => workingDays(calendar, created_at, ended_at))
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  const error = times.reduce((sum, time) => sum + Math.abs(time - mean), 0) / times.length
  return { perDay: tasks.length / Math.max(days, 1), mean, error, tasks: tasks.length }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
