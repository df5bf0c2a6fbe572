import type { RunningEngine } from '../../test/support/engine.ts'
import { staff, startPublicServer } from '../../test/support/public-server.ts'
import type { PublicServer } from '../../test/support/public-server.ts'
import { randomOf } from '../../test/support/random.ts'
import { figure } from './bench.ts'
import type { Bench, BenchOptions, Findings, Size } from './bench.ts'
import type { BenchDatabase } from './database.ts'
import { interleaved } from './load.ts'
import type { LoopLimits } from './load.ts'
import { bootstrap, quantile } from './statistics.ts'
import { seedEngine, seedReadModel } from './task-data.ts'
import { namedQueries } from './task-queries.ts'
import type { NamedQuery } from './task-queries.ts'
import { tasklistFindings } from './tasklist-report.ts'
import type { QueryResult } from './tasklist-report.ts'
import { REGION, inWorld } from './world.ts'

/** Open tasks, step by step. */
const STEPS: Readonly<Record<Size, readonly number[]>> = {
  smoke: [2_000], quick: [10_000, 30_000], full: [10_000, 100_000, 1_000_000]
}
const LIMITS: Readonly<Record<Size, LoopLimits>> = {
  smoke: { atMost: 2, blockMs: 200, rounds: 1 },
  quick: { atMost: 25, blockMs: 400, rounds: 1 },
  full: { atMost: 60, blockMs: 800, rounds: 1 }
}
const DEPARTMENT = 'hrss'
const ACCOUNT = 'hrss-7'

/** `tasklist`: six queries of a desk, ours and the engine's, over the same open tasks. */
export const tasklist: Bench = {
  name: 'tasklist',
  run: options => inWorld(options, async world => {
    const server = await startPublicServer({ db: world.db, env: world.env })
    try {
      return await measureSteps(options, { ...world, server })
    } finally {
      await server.stop()
    }
  })
}

interface Running {
  readonly database: BenchDatabase
  readonly server: PublicServer
  readonly engine: RunningEngine
}

async function measureSteps(options: BenchOptions, running: Running): Promise<Findings> {
  const { database, server } = running
  const clients = { server: await database.connect('server'), engine: await database.connect('engine') }
  const [region, now] = [server.ctx.regions.get(REGION), server.ctx.clock.now()]
  const results: QueryResult[] = []
  let there = 0
  for (const tasks of STEPS[options.size]) {
    options.say(`tasklist: ${tasks.toLocaleString('en-GB')} open tasks …`)
    const data = { from: there + 1, to: tasks, seed: options.seed, region, now }
    await Promise.all([seedReadModel(clients.server, server.ctx, data), seedEngine(clients.engine, data)])
    there = tasks
    for (const query of await queriesOf(running, tasks)) {
      const result = await measure(query, { options, database, tasks })
      results.push(result)
      options.say(`  ${query.name}: ${figure(result.ours)} ms, the engine ${figure(result.engine)} ms`)
    }
  }
  return tasklistFindings(options.size, results, there)
}

async function queriesOf({ server, engine }: Running, tasks: number): Promise<NamedQuery[]> {
  const clerk = await server.as(staff('clerk', ACCOUNT, { department: DEPARTMENT }))
  return namedQueries({
    clerk, account: ACCOUNT, department: DEPARTMENT, region: REGION, division: '450103', slug: 'flexible-pension', now: () => server.ctx.clock.now(),
    farPage: tasks >= 10_000 ? 100 : 5,
    engine: async <T>(path: string, query: Readonly<Record<string, string>>) => {
      const response = await fetch(`${engine.url}/${path}?${new URLSearchParams(query)}`, { headers: { authorization: engine.authorization } })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return await response.json() as T
    }
  })
}

interface Measuring {
  readonly options: BenchOptions
  readonly database: BenchDatabase
  readonly tasks: number
}

async function measure(query: NamedQuery, { options, database, tasks }: Measuring): Promise<QueryResult> {
  const equal = await oracle(query)
  const before = { server: await database.cost('server'), engine: await database.cost('engine') }
  const samples = await interleaved({ name: 'ours', run: query.ours }, { name: 'engine', run: query.engine }, LIMITS[options.size])
  const [ours, engine] = [samples.ours!, samples.engine!]
  // Each side has a database of its own, so what that did meanwhile is the side's.
  const statements = async (name: 'server' | 'engine', calls: number) => ((await database.cost(name)).statements - before[name].statements) / calls
  return {
    tasks, query: query.name, isByVariable: query.isByVariable, ours: quantile(ours, 0.95), engine: quantile(engine, 0.95),
    ratio: bootstrap(engine, ours, (one, other) => quantile(one, 0.95) / quantile(other, 0.95), randomOf(options.seed)),
    calls: { ours: ours.length, engine: engine.length },
    statements: { ours: await statements('server', ours.length), engine: await statements('engine', engine.length) },
    equal
  }
}

/** Both sides must find the same in the same order. A task that becomes overdue between the two questions is asked for again. */
async function oracle({ name, ours, engine }: NamedQuery): Promise<number> {
  let last = ''
  for (let attempt = 0; attempt < 3; attempt++) {
    const [one, other] = [await ours(), await engine()]
    if (one.length > 0 && one.join() === other.join()) return one.length
    last = `ours [${one.join(' ')}], the engine's [${other.join(' ')}]`
  }
  throw new Error(`the two sides differ on ${name}: ${last}`)
}
