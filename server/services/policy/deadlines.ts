import { startOfDay } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { computeClock } from '../../../core/legal-clock.ts'
import type { Deadline } from '../../../core/legal-clock.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { numberOf, textOf } from './decision-rows.ts'

/** What the notice promises for one matter on one channel. */
export interface MatterDeadline extends Deadline {
  readonly slug: string
  readonly ruleId: string
  readonly clause: string
}

/** The same with the day it would be due. */
export interface DatedDeadline extends MatterDeadline {
  readonly dueDate: string
  readonly isProvisional: boolean
}

/**
 * The region's table for one matter and channel. Throws AppError DECISION_FAILED (502) when the table has no row
 * for it: a matter without a deadline may not be accepted.
 */
export async function deadlineOf(
  ctx: Pick<ServerContext, 'decisions'>, region: Region, channel: string, slug: string
): Promise<MatterDeadline> {
  const [row] = await ctx.decisions.evaluate(`${region.slug}-deadlines`, { matter: slug, channel })
  if (!row) throw new AppError('DECISION_FAILED', { cause: new Error(`no deadline for ${slug} on ${channel}`) })
  return {
    slug,
    kind: textOf(row, 'kind') === 'immediate' ? 'immediate' : 'promised',
    promisedWorkingDays: numberOf(row, 'promisedWorkingDays') ?? 0,
    statutoryWorkingDays: numberOf(row, 'statutoryWorkingDays'),
    ruleId: textOf(row, 'ruleId'),
    clause: textOf(row, 'clause')
  }
}

/**
 * The deadlines of the matters, in their order, as if they were accepted at `acceptedAt` (instant in ms, or a
 * date, which means its beginning).
 */
export async function deadlinesFor(
  ctx: Pick<ServerContext, 'decisions' | 'calendar'>, region: Region, channel: string, matters: readonly string[],
  acceptedAt: number | string
): Promise<DatedDeadline[]> {
  const instant = typeof acceptedAt === 'string' ? startOfDay(acceptedAt) : acceptedAt
  const dated: DatedDeadline[] = []
  // One after the other: the answers are kept, and nine questions at once would fill the engine's queue after a start.
  for (const slug of matters) {
    const deadline = await deadlineOf(ctx, region, channel, slug)
    const { promisedDueDate, isProvisional } = computeClock({
      acceptedAt: instant, deadline, calendar: ctx.calendar, officeHours: region.officeHours,
      thresholds: region.thresholds
    })
    dated.push({ ...deadline, dueDate: promisedDueDate!, isProvisional })
  }
  return dated
}
