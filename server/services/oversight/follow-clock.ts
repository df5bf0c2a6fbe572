import type { ServerContext } from '../../context.ts'
import { readCalendarYears } from '../../db/calendar.ts'
import { findUndated, markDated } from '../../db/calendar-imports.ts'
import { findUnapplied, listUnreached, markApplied, stopByOutage } from '../../db/outages.ts'
import { listOpenDatedFrom } from '../../db/items.ts'
import { redateItem } from '../redate.ts'

const BATCH = 200

/**
 * Lets the open items follow what officers changed about the clock: published years and declared outages. Each item is a
 * transaction of its own and may be dated twice, so a server that dies in between is continued by the next.
 */
export async function followClock(ctx: ServerContext): Promise<number> {
  return await followYears(ctx) + await followOutages(ctx)
}

async function followYears(ctx: ServerContext): Promise<number> {
  const imports = await findUndated(ctx.db)
  if (imports.length === 0) return 0
  // Another server may have published it.
  ctx.calendar.replace(await readCalendarYears(ctx.db))
  let moved = 0
  for (const { id, year } of imports) {
    let items = 0
    await eachOf(after => listOpenDatedFrom(ctx.db, `${year - 1}-12-01`, after, BATCH), async itemId => {
      if (await redateItem(ctx, itemId, { cause: 'calendar', causeId: id })) items++
    })
    await markDated(ctx.db, id, ctx.clock.now(), items)
    moved += items
  }
  return moved
}

async function followOutages(ctx: ServerContext): Promise<number> {
  let reached = 0
  for (const outage of await findUnapplied(ctx.db)) {
    let items = 0
    await eachOf(after => listUnreached(ctx.db, outage, ctx.clock.today(), after, BATCH), async itemId => {
      await redateItem(ctx, itemId, {
        cause: 'outage', causeId: outage.id,
        change: async (trx, subjects, acceptedOn) => {
          for (const subject of subjects) await stopByOutage(trx, subject, outage, acceptedOn)
        }
      })
      items++
    })
    if (items > 0 || outage.applied_at === null) await markApplied(ctx.db, outage.id, ctx.clock.now(), items)
    reached += items
  }
  return reached
}

async function eachOf(page: (after: string) => Promise<string[]>, work: (id: string) => Promise<void>): Promise<void> {
  for (let after = ''; ;) {
    const ids = await page(after)
    for (const id of ids) await work(id)
    if (ids.length < BATCH) return
    after = ids.at(-1)!
  }
}
