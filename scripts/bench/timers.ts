import type pg from 'pg'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { startBackground } from '../../server/engine/background.ts'
import { staff, startPublicServer } from '../../test/support/public-server.ts'
import type { PublicServer } from '../../test/support/public-server.ts'
import { randomOf } from '../../test/support/random.ts'
import type { Bench, BenchOptions, Findings, Size } from './bench.ts'
import { figure } from './bench.ts'
import { copyInstances } from './instance-copies.ts'
import { seedItems } from './item-data.ts'
import { openLoopWhile } from './load.ts'
import { busyDuring } from './machine.ts'
import { MODEL_MATTER, forgetInstance, modelInstance } from './model-instance.ts'
import { bootstrap, quantile } from './statistics.ts'
import { KEY, seedReadModel } from './task-data.ts'
import { FIRST, SET, fireByEngine, fireByHistory, seedFiring, useEngineTime } from './timer-storm.ts'
import type { Storm, TimerAmounts } from './timer-storm.ts'
import { timersFindings } from './timers-report.ts'
import { REGION, inWorld } from './world.ts'
import type { World } from './world.ts'

const AMOUNTS: Readonly<Record<Size, TimerAmounts>> = {
  smoke: { timers: 30, withinMs: 1_000, milestones: 150, quietMs: 600, perSecond: 10 },
  quick: { timers: 1_000, withinMs: 6_000, milestones: 10_000, quietMs: 4_000, perSecond: 5 },
  full: { timers: 10_000, withinMs: 60_000, milestones: 100_000, quietMs: 30_000, perSecond: 5 }
}
/** The feed's round that saw the last, and the sealer's. */
const SETTLING_MS = 3_000

/** `timers`: a storm of due timers in the engine, another in our own table, and what the desk feels of both. */
export const timers: Bench = {
  name: 'timers',
  run: options => inWorld(options, async world => {
    const server = await startPublicServer({ db: world.db, env: world.env })
    const engine = createEngineGateway({ ...world.engine, clock: server.ctx.clock })
    try {
      return await measure(options, world, { ...server, ctx: { ...server.ctx, engine } })
    } finally {
      engine.close()
      await server.stop()
    }
  })
}

async function measure({ size, seed, say }: BenchOptions, world: World, server: PublicServer): Promise<Findings> {
  const amounts = AMOUNTS[size]
  const clients = { server: await world.database.connect('server'), engine: await world.database.connect('engine') }
  say(`timers: ${amounts.timers.toLocaleString('en-GB')} of the engine, ${amounts.milestones.toLocaleString('en-GB')} of our table …`)
  await seedStorms(amounts, seed, { world, server, clients })
  const background = startBackground(server.ctx)
  try {
    await background.reconcile()
    const clerk = await server.as(staff('clerk', 'hrss-7', { department: 'hrss' }))
    const ask = () => clerk.get('tasks?queue=all&limit=20')
    await ask()
    const watched = async <T>(work: () => Promise<T>) => {
      const { result, busy } = await busyDuring(() => openLoopWhile(amounts.perSecond, ask, work))
      return { ...result, busy }
    }
    const settle = () => pause(size === 'smoke' ? 0 : SETTLING_MS)
    const quiet = await watched(() => pause(amounts.quietMs))
    const engine = await watched(() => fireByEngine(clients, amounts.timers, amounts.withinMs))
    say(`  the engine's: ${told(engine.result)}`)
    await settle()
    const between = await watched(() => pause(amounts.quietMs))
    const history = await watched(() => fireByHistory(clients, amounts.milestones))
    say(`  our table's: ${told(history.result)}`)
    await settle()
    const after = await watched(() => pause(amounts.quietMs))
    const calm = [...quiet.samples, ...between.samples, ...after.samples]
    const ratio = (samples: readonly number[]) =>
      bootstrap(samples, calm, (one, other) => quantile(one, 0.95) / quantile(other, 0.95), randomOf(seed))
    return timersFindings(amounts, {
      engine: engine.result, history: history.result,
      desk: { quiet: calm, engine: engine.samples, history: history.samples },
      ratios: { engine: ratio(engine.samples), history: ratio(history.samples) },
      busy: { quiet: quiet.busy, engine: engine.busy, history: history.busy }
    })
  } finally {
    await background.stop()
  }
}

interface Seeding {
  readonly world: World
  readonly server: PublicServer
  readonly clients: Readonly<Record<'server' | 'engine', pg.Client>>
}

/** Tasks at their review, whose timers are the engine's own, and items of which the engine will have told that a timer fired. */
async function seedStorms(
  { timers, milestones }: TimerAmounts, seed: number, { world, server, clients }: Seeding
): Promise<void> {
  const region = server.ctx.regions.get(REGION)
  const now = server.ctx.clock.now()
  await useEngineTime(clients.engine)
  const only = { ...region, matters: region.matters.filter(({ slug }) => slug === MODEL_MATTER) }
  await seedReadModel(clients.server, server.ctx, { from: FIRST, to: FIRST + timers - 1, seed, region: only, now })
  await seedItems(clients.server, { open: milestones, closed: 0, seed, region, now, set: SET })
  const model = await modelInstance(world.engine, 'review')
  await copyInstances(clients.engine, { model, key: KEY, from: FIRST, to: FIRST + timers - 1 })
  await forgetInstance(world.engine, model)
  await seedFiring(clients.engine, milestones)
}

const told = ({ fired, seconds, missed, twice }: Storm): string =>
  `${fired.toLocaleString('en-GB')} within ${figure(seconds)} s, ${missed} missed, ${twice} twice`

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
