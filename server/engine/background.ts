import type { ServerContext } from '../context.ts'
import { sealHeads } from '../db/audit-seals.ts'
import { isPostgres } from '../db/connect.ts'
import { onOutboxCommit, releaseOutboxLocks } from '../db/outbox.ts'
import { definitionsOf } from './definition-cache.ts'
import { createIncidentFeed } from './incident-feed.ts'
import { createInstanceCache } from './instance-cache.ts'
import { startLoop } from './loop.ts'
import { createOutboxRelay } from './outbox-relay.ts'
import { reconcile } from './reconciler.ts'
import type { Reconciliation } from './reconciler.ts'
import { createTaskFeed } from './task-feed.ts'
import { followClock } from '../services/oversight/follow-clock.ts'
import { alignTimers } from '../services/business-time.ts'
import { createTimerFeed } from './timer-feed.ts'

export interface Background {
  /** Compares engine and tables now. */
  reconcile(): Promise<Reconciliation>
  /** Ends every loop and waits for what is under way. */
  stop(): Promise<void>
}

const EVERY = {
  relay: 250, feed: 1000, incidents: 2000, seal: 1000, clock: 5000, dates: 2000, reconcile: 5 * 60_000 } as const

/**
 * Starts what runs beside the requests: the outbox relay (also woken by every commit), the feeds of tasks, timers and
 * incidents, the audit sealer, what follows the clock's changes, and the reconciler. No failure ends a loop; each change of its
 * state is logged once.
 */
export function startBackground(ctx: ServerContext): Background {
  const { db, clock, log, engine } = ctx
  const sources = { definitions: definitionsOf(ctx), instances: createInstanceCache(engine) }
  const relay = createOutboxRelay(ctx)
  const tasks = createTaskFeed(ctx, sources)
  const timers = createTimerFeed(ctx, sources.instances)
  const incidents = createIncidentFeed(ctx, sources.instances)
  const check = async (): Promise<Reconciliation> => {
    const found = await reconcile(ctx, sources)
    const differing = Object.entries(found).filter(([, list]) => list.length > 0).map(([name, list]) => [name, list.length])
    if (differing.length > 0) log.warn(Object.fromEntries(differing), 'reconciler: engine and tables differed')
    return found
  }
  // The file of SQLite has one server: what is locked there was locked by one that died.
  let isReleased = isPostgres(db)
  const relaying = startLoop({
    name: 'relay', every: EVERY.relay, log,
    work: async () => {
      if (!isReleased) await releaseOutboxLocks(db)
      isReleased = true
      await relay.kick()
    }
  })
  const aligning = startLoop({
    name: 'business clock', every: EVERY.clock, log,
    work: async () => {
      await alignTimers(ctx)
      aligning.end()
    }
  })
  const loops = [
    relaying,
    aligning,
    startLoop({ name: 'task feed', every: EVERY.feed, log, work: () => tasks.poll() }),
    startLoop({ name: 'timer feed', every: EVERY.feed, log, work: () => timers.poll() }),
    startLoop({ name: 'incident feed', every: EVERY.incidents, log, work: () => incidents.poll() }),
    startLoop({ name: 'sealer', every: EVERY.seal, log, work: () => sealHeads(db, clock.now()) }),
    startLoop({ name: 'legal dates', every: EVERY.dates, log, work: () => followClock(ctx) }),
    startLoop({ name: 'reconciler', every: EVERY.reconcile, log, work: check })
  ]
  const unsubscribe = onOutboxCommit(relaying.wake)
  return {
    reconcile: check,
    async stop() {
      unsubscribe()
      await Promise.all(loops.map(loop => loop.stop()))
      await relay.idle()
    }
  }
}
