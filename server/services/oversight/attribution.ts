import { formatInstant, shanghaiDate, startOfDay } from '../../../core/dates.ts'
import type { WorkingCalendar } from '../../../core/working-days.ts'
import { AppError } from '../../../core/errors.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { isWithinRemit } from '../../db/audit-queries.ts'
import { findDecidedItems, findHoldings } from '../../db/oversight-queries.ts'
import type { HeldItem, Holding } from '../../db/oversight-queries.ts'
import { departmentName, matterTitle } from '../../regions/titles.ts'
import { caseDeadlines } from './case-deadlines.ts'
import { overseen } from './sla-days.ts'

export type HolderKind = 'applicant' | 'desk' | 'system'

/** A stretch of time in which one side had to act. */
export interface Stretch {
  readonly holder: HolderKind
  /** Department of the desk; null for the others. */
  readonly department: string | null
  readonly from: number
  readonly to: number
}

const DAY = 86_400_000
const WINDOW_DAYS = 30
const MOST = 2_000

/**
 * Who held the items of a case, or on average those that were decided in the last days, in working time: the applicant (a
 * correction), a department's desk (an open task), else the systems; of a
 * case also how its days were counted. Throws AppError NOT_FOUND for a case of somebody else.
 */
export async function slaAttribution(ctx: ServerContext, actor: Actor, applicationId?: string) {
  const { region, remit } = overseen(ctx, actor)
  const now = ctx.clock.now()
  if (applicationId !== undefined && !await isWithinRemit(ctx.db, remit, applicationId)) throw new AppError('NOT_FOUND')
  const which = applicationId === undefined ? { since: now - WINDOW_DAYS * DAY, limit: MOST } : { applicationId }
  const items = await findDecidedItems(ctx.db, remit, which)
  const deadlines = applicationId === undefined ? null : await caseDeadlines(ctx, applicationId)
  const holdings = await findHoldings(ctx.db, items.map(({ id }) => id))
  const stretches = new Map(items.map(item => [item.id, attribute(item, holdings.get(item.id) ?? [], now)]))
  const totals = new Map<string, { holder: HolderKind; department: string | null; workingDays: number; items: number }>()
  for (const list of stretches.values()) {
    const counted = new Set<string>()
    for (const one of list) {
      const key = `${one.holder}/${one.department ?? ''}`
      const total = totals.get(key) ?? { holder: one.holder, department: one.department, workingDays: 0, items: 0 }
      total.workingDays += workingDays(ctx.calendar, one.from, one.to)
      if (!counted.has(key)) total.items++
      counted.add(key)
      totals.set(key, total)
    }
  }
  const titleOf = (holder: HolderKind, department: string | null): string => holder === 'applicant' ? '申请人'
    : holder === 'system' ? '系统' : departmentName(region, department ?? '')
  return {
    windowDays: applicationId === undefined ? WINDOW_DAYS : null,
    items: items.length,
    totals: [...totals.values()].map(({ holder, department, workingDays: days, items: count }) =>
      ({ holder, department, title: titleOf(holder, department), workingDays: round(days), items: count })),
    byItem: deadlines === null ? [] : items.map(item => ({
      itemId: item.id, slug: item.slug, title: matterTitle(region, item.slug), deadline: deadlines.get(item.id)!,
      stretches: stretches.get(item.id)!.map(({ holder, department, from, to }) => ({
        holder, department, title: titleOf(holder, department), from: formatInstant(from), to: formatInstant(to),
        workingDays: round(workingDays(ctx.calendar, from, to))
      }))
    }))
  }
}

/** Cuts the life of an item, from acceptance to decision (or now), by who had to act; a correction goes before an open task. */
export function attribute(item: Pick<HeldItem, 'accepted_at' | 'decided_at'>, holdings: readonly Holding[], now: number): Stretch[] {
  const [start, end] = [item.accepted_at, item.decided_at ?? now]
  const cuts = [start, end, ...holdings.flatMap(({ from, to }) => [from, to ?? end])].filter(at => at >= start && at <= end)
  const edges = [...new Set(cuts)].sort((one, other) => one - other)
  const stretches: Stretch[] = []
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const to = edges[index + 1]!
    const holding = [...holdings].sort(correctionFirst).find(one => one.from <= from && (one.to ?? end) >= to)
    const [holder, department] = holding ? [holding.holder, holding.department] : ['system' as const, null]
    const last = stretches.at(-1)
    if (last && last.holder === holder && last.department === department) stretches[stretches.length - 1] = { ...last, to }
    else stretches.push({ holder, department, from, to })
  }
  return stretches
}

const correctionFirst = (one: Holding, other: Holding): number => Number(other.holder === 'applicant') - Number(one.holder === 'applicant')

/** Time that lies on working days, in days of 24 hours. */
export function workingDays(calendar: Pick<WorkingCalendar, 'isWorkday'>, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to;) {
    const next = Math.min(to, startOfDay(shanghaiDate(at)) + DAY)
    if (calendar.isWorkday(shanghaiDate(at))) sum += next - at
    at = next
  }
  return sum / DAY
}

const round = (days: number): number => Math.round(days * 1000) / 1000
