import type { ServerContext } from '../context.ts'
import { sealHeads } from '../db/audit-seals.ts'
import { definitionsOf } from './definition-cache.ts'
import { createIncidentFeed } from './incident-feed.ts'
import { createInstanceCache } from './instance-cache.ts'
import { startLoop } from './loop.ts'
import { reconcile } from './reconciler.ts'
import type { Reconciliation } from './reconciler.ts'
import { startRelays } from './relays.ts'
import { createTaskFeed } from './task-feed.ts'
import { followClock } from '../services/oversight/follow-clock.ts'
import { alignTimers } from '../services/business-time.ts'
import { workErasures } from '../services/retention/runs.ts'
import { remind } from '../services/messages/reminders.ts'
import { taskStreamsOf } from '../services/tasks/task-stream.ts'
import { createTimerFeed } from './timer-feed.ts'

export interface Background {
  /** Compares engine and tables now. */
  reconcile(): Promise<Reconciliation>
  /** Ends every loop and waits for what is under way. */
  stop(): Promise<void>
}

const EVERY = {
  feed: 1000, incidents: 2000, seal: 1000, clock: 5000, dates: 2000, reminders: 30_000, erasures: 60_000, reconcile: 5 * 60_000
} as const

/**
 * Starts what runs beside the requests: the outbox relays, the feeds of tasks, timers and incidents, the reminders, the audit
 * sealer, what follows the clock's changes, and the reconciler. No failure ends a loop; each change of its state is logged once.
 */
export function startBackground(ctx: ServerContext): Background {
  const { db, clock, log, engine } = ctx
  const sources = { definitions: definitionsOf(ctx), instances: createInstanceCache(engine) }
  const relays = startRelays(ctx)
  const tasks = createTaskFeed(ctx, sources)
  const timers = createTimerFeed(ctx, sources.instances)
  const incidents = createIncidentFeed(ctx, sources.instances)
  // Whoever looks at a list hears of a change when it is known here, and not a second later.
  const feedTasks = async (): Promise<void> => {
    const { added, ended } = await tasks.poll()
    if (added + ended > 0) await taskStreamsOf(ctx).look()
  }
  const check = async (): Promise<Reconciliation> => {
    const found = await reconcile(ctx, sources)
    const differing = Object.entries(found).filter(([, list]) => list.length > 0).map(([name, list]) => [name, list.length])
    if (differing.length > 0) log.warn(Object.fromEntries(differing), 'reconciler: engine and tables differed')
    return found
  }
  const aligning = startLoop({
    name: 'business clock', every: EVERY.clock, log,
    work: async () => {
      await alignTimers(ctx)
      aligning.end()
    }
  })
  const loops = [
    aligning,
    startLoop({ name: 'task feed', every: EVERY.feed, log, work: feedTasks }),
    startLoop({ name: 'timer feed', every: EVERY.feed, log, work: () => timers.poll() }),
    startLoop({ name: 'incident feed', every: EVERY.incidents, log, work: () => incidents.poll() }),
    startLoop({ name: 'sealer', every: EVERY.seal, log, work: () => sealHeads(db, clock.now()) }),
    startLoop({ name: 'legal dates', every: EVERY.dates, log, work: () => followClock(ctx) }),
    startLoop({ name: 'reminders', every: EVERY.reminders, log, work: () => remind(ctx) }),
    startLoop({ name: 'erasures', every: EVERY.erasures, log, work: () => workErasures(ctx) }),
    startLoop({ name: 'reconciler', every: EVERY.reconcile, log, work: check })
  ]
  return {
    reconcile: check,
    async stop() {
      await Promise.all([relays.stop(), ...loops.map(loop => loop.stop())])
    }
  }
}
