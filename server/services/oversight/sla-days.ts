import { addDays, startOfDay } from '../../../core/dates.ts'
import { closingSoon } from '../../../core/legal-clock.ts'
import { AppError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import { remitOf } from '../../auth/remit.ts'
import type { ServerContext } from '../../context.ts'
import type { DecidedWindow } from '../../db/decided-tally.ts'
import type { Remit } from '../../db/remit.ts'
import type { SlaDays } from '../../db/sla-queries.ts'

/** Where somebody oversees, and the days between the colours there now. Throws AppError FORBIDDEN for who oversees nothing. */
export function overseen(ctx: Pick<ServerContext, 'calendar' | 'clock' | 'regions'>, actor: Actor): {
  readonly region: Region; readonly remit: Remit; readonly days: SlaDays
} {
  const remit = remitOf(actor)
  if (!remit) throw new AppError('FORBIDDEN')
  const region = ctx.regions.get(remit.region)
  return { region, remit, days: slaDays(ctx, region) }
}

/** The same days as the engine's timers have them: 预警 with the set number of working days left, 即办件 two hours before the end. */
export function slaDays(
  { calendar, clock }: Pick<ServerContext, 'calendar' | 'clock'>, { thresholds, officeHours }: Pick<Region, 'officeHours' | 'thresholds'>
): SlaDays {
  const today = clock.today()
  return {
    today,
    // On a free day too: what is due on the working day after it was warned about when the one before ended.
    warnBefore: calendar.addWorkingDays(addDays(today, -1), thresholds.warnRemainingWorkingDays + 1).date,
    isLate: clock.now() >= closingSoon(today, officeHours)
  }
}

/** What was done in the last days is counted over so many of them, today among them. */
export const WINDOW_DAYS = 30

/** The last days; those before yesterday are settled, however long a decision of theirs takes to be committed. */
export function decidedWindow({ clock }: Pick<ServerContext, 'clock'>): DecidedWindow {
  const today = clock.today()
  return { since: startOfDay(addDays(today, 1 - WINDOW_DAYS)), settledBefore: startOfDay(addDays(today, -1)) }
}
