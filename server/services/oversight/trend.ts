import { addDays, startOfDay } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { Cut } from '../../db/sla-queries.ts'
import { countAcceptedByDay, countDecidedByDay, countOpenAt, findOldestOpen } from '../../db/trend-queries.ts'
import type { DayCount, DecidedDay } from '../../db/trend-queries.ts'
import { matterTitle } from '../../regions/titles.ts'
import { overseen } from './sla-days.ts'

export const grains = ['day', 'week', 'month'] as const
export type Grain = (typeof grains)[number]

/** How many periods are shown, the current one last. */
const PERIODS: Readonly<Record<Grain, number>> = { day: 30, week: 12, month: 12 }

/** A stretch of days, both ends in it. */
export interface Period {
  readonly from: string
  readonly to: string
}

/**
 * How the work went from period to period: accepted, decided (办结量), how many of them on time, at once (即办件) and without a
 * correction, what was left at the end (积压), and which open item is the oldest.
 */
export async function slaTrend(ctx: ServerContext, actor: Actor, { grain = 'day', ...cut }: Cut & { readonly grain?: Grain }) {
  const { region, remit, days: { today } } = overseen(ctx, actor)
  const scope = { remit, cut }
  const periods = periodsUntil(today, grain)
  const since = startOfDay(periods[0]!.from)
  const [accepted, decided, before, oldest] = await Promise.all([
    countAcceptedByDay(ctx.db, scope, since), countDecidedByDay(ctx.db, scope, since),
    countOpenAt(ctx.db, scope, since), findOldestOpen(ctx.db, scope)
  ])
  return {
    grain,
    periods: countPeriods(periods, { accepted, decided, before }),
    oldest: oldest ? {
      applicationId: oldest.application_id, itemId: oldest.id, number: oldest.number, title: matterTitle(region, oldest.slug),
      acceptedOn: oldest.accepted_on, workingDays: ctx.calendar.workingDaysBetween(oldest.accepted_on, today)
    } : null
  }
}

/** The last periods until a day; a week begins on Monday. */
export function periodsUntil(today: string, grain: Grain): Period[] {
  const periods: Period[] = []
  for (let to = lastDayOf(today, grain); periods.length < PERIODS[grain];) {
    const from = firstDayOf(to, grain)
    periods.unshift({ from, to })
    to = addDays(from, -1)
  }
  return periods
}

interface Counts {
  readonly accepted: readonly DayCount[]
  readonly decided: readonly DecidedDay[]
  /** Open before the first period. */
  readonly before: number
}

/** Sums days into periods; what is left goes on from period to period. */
export function countPeriods(periods: readonly Period[], { accepted, decided, before }: Counts) {
  const within = ({ from, to }: Period) => ({ day }: { day: string }): boolean => day >= from && day <= to
  const total = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  let backlog = before
  return periods.map(period => {
    const ended = decided.filter(within(period))
    const counts = {
      accepted: total(accepted.filter(within(period)), ({ count }) => count), decided: total(ended, ({ count }) => count),
      onTime: total(ended, ({ onTime }) => onTime), immediate: total(ended, ({ immediate }) => immediate),
      atOnce: total(ended, ({ atOnce }) => atOnce)
    }
    backlog += counts.accepted - counts.decided
    return { ...period, ...counts, backlog }
  })
}

function firstDayOf(day: string, grain: Grain): string {
  if (grain === 'month') return `${day.slice(0, 8)}01`
  return grain === 'week' ? addDays(day, -mondayDistance(day)) : day
}

function lastDayOf(day: string, grain: Grain): string {
  if (grain === 'week') return addDays(day, 6 - mondayDistance(day))
  return grain === 'month' ? addDays(firstDayOf(addDays(firstDayOf(day, 'month'), 31), 'month'), -1) : day
}

/** Days since Monday. */
const mondayDistance = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
