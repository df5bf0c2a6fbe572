import type { ServerContext } from '../context.ts'
import { sealHeads } from '../db/audit-seals.ts'
import { readCalendarYears } from '../db/calendar.ts'
import { recallOutbox } from '../db/outbox.ts'
import { definitionsOf } from './definition-cache.ts'
import { createIncidentFeed } from './incident-feed.ts'
import { createInstanceCache } from './instance-cache.ts'
import { createLeadership } from './leadership.ts'
import type { Leadership } from './leadership.ts'
import { startLoop } from './loop.ts'
import type { Loop } from './loop.ts'
import { reconcile } from './reconciler.ts'
import type { Reconciliation } from './reconciler.ts'
import { startRelays } from './relays.ts'
import { createTaskFeed } from './task-feed.ts'
import { createCircuitWatch } from '../services/oversight/alerts.ts'
import { keepBoardCounts } from '../services/oversight/board-counts.ts'
import { followClock } from '../services/oversight/follow-clock.ts'
import { alignTimers } from '../services/business-time.ts'
import { workErasures } from '../services/retention/runs.ts'
import { remind } from '../services/messages/reminders.ts'
import { taskStreamsOf } from '../services/tasks/task-stream.ts'
import { createTimerFeed } from './timer-feed.ts'
import type { WorkItemSources } from './work-item-of.ts'

export interface Background {
  /** Compares engine and tables now. */
  reconcile(): Promise<Reconciliation>
  /** Ends every loop and waits for what is under way. */
  stop(): Promise<void>
}

const EVERY = {
  lead: 1000, feed: 1000, incidents: 2000, seal: 1000, clock: 5000, calendar: 10_000, dates: 2000, counts: 2000,
  reminders: 30_000, recall: 30_000, circuits: 10_000, erasures: 60_000, reconcile: 5 * 60_000
} as const

/**
 * Starts what runs beside the requests: the outbox relays, the feeds of tasks, timers and incidents, the reminders, the audit
 * sealer, what follows the clock's changes, and the reconciler. No failure ends a loop; each change of its state is logged once.
 * Of several servers on one database one leads, and it alone follows; the outbox, the seals and the calendar are everybody's.
 */
export function startBackground(ctx: ServerContext): Background {
  const { db, clock, log, engine } = ctx
  const sources = { definitions: definitionsOf(ctx), instances: createInstanceCache(engine) }
  const relays = startRelays(ctx)
  const leadership = createLeadership(ctx.config.databaseUrl)
  const check = async (): Promise<Reconciliation> => {
    const found = await reconcile(ctx, sources)
    const differing = Object.entries(found).filter(([, list]) => list.length > 0).map(([name, list]) => [name, list.length])
    if (differing.length > 0) log.warn(Object.fromEntries(differing), 'reconciler: engine and tables differed')
    return found
  }
  const loops = [
    startLoop({ name: 'sealer', every: EVERY.seal, log, work: () => sealHeads(db, clock.now()) }),
    startLoop({ name: 'calendar', every: EVERY.calendar, log, work: async () => ctx.calendar.replace(await readCalendarYears(db)) }),
    ...startFollowing(ctx, sources, leadership, check)
  ]
  return {
    reconcile: check,
    async stop() {
      await Promise.all([relays.stop(), ...loops.map(loop => loop.stop())])
      await leadership.stop()
    }
  }
}

/** What one server does for all: it follows the engine's tasks, timers and incidents, the calendar, and who must be reminded. */
function startFollowing(
  ctx: ServerContext, sources: WorkItemSources, leadership: Leadership, check: () => Promise<Reconciliation>
): Loop[] {
  const { log } = ctx
  const settled = leadership.attempt().catch(() => undefined)
  const led = (name: string, every: number, work: () => Promise<unknown>, otherwise?: () => void): Loop => startLoop({
    name, every, log,
    work: async () => {
      await settled // the first round of what comes seldom must not be missed
      if (leadership.isLeading) await work()
      else otherwise?.()
    }
  })
  const tasks = createTaskFeed(ctx, sources)
  const timers = createTimerFeed(ctx, sources.instances)
  let incidents = createIncidentFeed(ctx, sources.instances)
  const aligning = led('business clock', EVERY.clock, async () => {
    await alignTimers(ctx)
    aligning.end()
  })
  return [
    startLoop({ name: 'lead', every: EVERY.lead, log, work: () => leadership.attempt() }),
    aligning,
    led('task feed', EVERY.feed, async () => {
      const { added, ended } = await tasks.poll()
      // Whoever looks at a list hears of a change when it is known here, and not a second later.
      if (added + ended > 0) await taskStreamsOf(ctx).look()
    }),
    led('timer feed', EVERY.feed, () => timers.poll()),
    // What it remembers of the marks is true only while it alone sets them.
    led('incident feed', EVERY.incidents, () => incidents.poll(), () => { incidents = createIncidentFeed(ctx, sources.instances) }),
    led('legal dates', EVERY.dates, () => followClock(ctx)),
    led('board counts', EVERY.counts, () => keepBoardCounts(ctx)),
    led('reminders', EVERY.reminders, () => remind(ctx)),
    led('outbox recall', EVERY.recall, async () => {
      const recalled = await recallOutbox(ctx.db, ctx.clock.realNow())
      if (recalled > 0) log.warn({ recalled }, 'outbox: a clock had put entries off too far')
    }),
    led('circuits', EVERY.circuits, createCircuitWatch(ctx)),
    led('erasures', EVERY.erasures, () => workErasures(ctx)),
    led('reconciler', EVERY.reconcile, check)
  ]
}
