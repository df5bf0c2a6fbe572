import type { ServerContext } from '../../context.ts'
import { isPostgres } from '../../db/connect.ts'
import { tallyDecided } from '../../db/decided-tally.ts'
import { tallyOpenItems } from '../../db/open-item-tally.ts'
import { decidedWindow, slaDays } from './sla-days.ts'

/** Asks what the boards ask, so that no supervisor is the first after midnight and waits while all is counted anew. */
export async function keepBoardCounts(ctx: Pick<ServerContext, 'calendar' | 'clock' | 'db' | 'regions'>): Promise<void> {
  if (!isPostgres(ctx.db)) return
  for (const region of ctx.regions.all()) {
    const remit = { region: region.slug, department: null, divisionPrefix: '' }
    await tallyOpenItems(ctx.db, remit, slaDays(ctx, region))
    await tallyDecided(ctx.db, remit, decidedWindow(ctx))
  }
}
