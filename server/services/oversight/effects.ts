import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { countEffects, countFinishedCases } from '../../db/effect-queries.ts'
import type { Scope } from '../../db/trend-queries.ts'
import { deadlineOf } from '../policy/deadlines.ts'
import type { MatterDeadline } from '../policy/deadlines.ts'
import { share } from './share.ts'

/**
 * 减材料, 减时限, 减跑动, 减环节 as they really came out since an instant (business ms), over whole cases. What the law allows is
 * what the region's notice says in one figure or, where it says it matter by matter, the sum of these.
 */
export async function effectsOf(ctx: ServerContext, region: Region, scope: Scope, since: number) {
  const [counts, finished, statutory] = await Promise.all([
    countEffects(ctx.db, scope, since), countFinishedCases(ctx.db, scope, since), statutoryDays(ctx, region)
  ])
  const { cases, matters, departments, exempt, uploaded, visits } = counts
  const days = finished.flatMap(({ acceptedOn, decidedOn, count }) =>
    [{ count, used: ctx.calendar.workingDaysBetween(acceptedOn, decidedOn) }])
  const ended = days.reduce((sum, { count }) => sum + count, 0)
  return {
    materials: { exempt, uploaded, exemptRate: share(exempt, exempt + uploaded) },
    time: {
      ...statutory, promisedWorkingDays: region.overallPromisedWorkingDays,
      cases: ended, usedWorkingDays: share(days.reduce((sum, { count, used }) => sum + count * used, 0), ended),
      longestWorkingDays: ended === 0 ? null : Math.max(...days.map(({ used }) => used))
    },
    visits: { cases, visits, perCase: share(visits, cases) },
    steps: { cases, mattersPerCase: share(matters, cases), departmentsPerCase: share(departments, cases) }
  }
}

async function statutoryDays(
  ctx: ServerContext, region: Region
): Promise<{ statutoryWorkingDays: number | null; isSum: boolean }> {
  if (region.statutoryTotalWorkingDays !== null) return { statutoryWorkingDays: region.statutoryTotalWorkingDays, isSum: false }
  // The board is read while the engine is away, too: then this one figure is missing.
  const deadlines = await eachDeadline(ctx, region).catch(() => [])
  const days = deadlines.flatMap(({ statutoryWorkingDays }) => statutoryWorkingDays ?? [])
  const isKnown = days.length === region.matters.length
  return { statutoryWorkingDays: isKnown ? days.reduce((sum, one) => sum + one, 0) : null, isSum: true }
}

/** One after the other: the answers are kept, and nine questions at once would fill the engine's queue after a start. */
async function eachDeadline(ctx: ServerContext, region: Region): Promise<MatterDeadline[]> {
  const deadlines: MatterDeadline[] = []
  for (const { slug } of region.matters) deadlines.push(await deadlineOf(ctx, region, 'online', slug))
  return deadlines
}
