import type { ServerContext } from '../../context.ts'
import { isPostgres } from '../../db/connect.ts'
import { tallyOpenItems } from '../../db/open-item-tally.ts'
import { slaDays } from './sla-days.ts'

/** Asks what the boards ask, so that no supervisor is the first after midnight and waits while the counts are made anew. */
export async function keepOpenItemCounts(ctx: Pick<ServerContext, 'calendar' | 'clock' | 'db' | 'regions'>): Promise<void> {
  if (!isPostgres(ctx.db)) return
  for (const region of ctx.regions.all()) {
    await tallyOpenItems(ctx.db, { region: region.slug, department: null, divisionPrefix: '' }, slaDays(ctx, region))
  }
}
