import type { ServerContext } from '../context.ts'
import { isPostgres } from '../db/connect.ts'
import { LANES, onOutboxCommit, releaseOutboxLocks } from '../db/outbox.ts'
import type { Lane } from '../db/outbox.ts'
import { startLoop } from './loop.ts'
import { createOutboxRelay } from './outbox-relay.ts'

/** How long each lane rests between two looks at the table, ms; every commit that adds to it wakes it. */
const EVERY: Readonly<Record<Lane, number>> = { engine: 250, message: 1000, platform: 1000 }

/** Starts a relay for each lane of the outbox, each at its own pace; answers how to stop them. */
export function startRelays(ctx: ServerContext): { stop(): Promise<void> } {
  const release = releaseOnce(ctx)
  const lanes = (Object.keys(LANES) as Lane[]).map(lane => {
    const relay = createOutboxRelay(ctx, Math.random, lane)
    const work = async (): Promise<void> => {
      await release()
      await relay.kick()
    }
    const loop = startLoop({ name: `relay (${lane})`, every: EVERY[lane], log: ctx.log, work })
    return { relay, loop, unsubscribe: onOutboxCommit(loop.wake, lane) }
  })
  return {
    async stop() {
      for (const { unsubscribe } of lanes) unsubscribe()
      await Promise.all(lanes.map(({ loop }) => loop.stop()))
      await Promise.all(lanes.map(({ relay }) => relay.idle()))
    }
  }
}

/** The file of SQLite has one server: what is locked there was locked by one that died. Freed before any lane takes anything. */
function releaseOnce({ db }: Pick<ServerContext, 'db'>): () => Promise<void> {
  let released: Promise<void> | undefined = isPostgres(db) ? Promise.resolve() : undefined
  return () => {
    released ??= releaseOutboxLocks(db)
    released.catch(() => { released = undefined })
    return released
  }
}
