import { createCryptoProvider } from '../../server/crypto/crypto-provider.ts'
import { startStack } from '../../test/support/stack.ts'
import { PEOPLE } from '../../test/faults/support/experiment.ts'
import { engineUrl } from '../system/plan.ts'
import { figure } from './bench.ts'
import type { Bench, BenchOptions, Findings, Size } from './bench.ts'
import { rowsOf } from './bulk.ts'
import { startBenchDatabase } from './database.ts'
import { seedApplications } from './growth-data.ts'
import { growthFindings } from './growth-report.ts'
import type { GrowthStep } from './growth-report.ts'
import { grownBy, liveRound, playCases, runtimeRows, standingCost, standingStill, tableBytes } from './growth-step.ts'
import type { Counted, GrowthWorld } from './growth-step.ts'

interface Amounts {
  /** Seeded applications, step by step. */
  readonly steps: readonly number[]
  /** Cases that nobody counts, as a server has to warm up. */
  readonly warmUp: number
  readonly rounds: number
  /** Of one round. */
  readonly cases: number
  readonly idleMs: number
}

const AMOUNTS: Readonly<Record<Size, Amounts>> = {
  smoke: { steps: [40], warmUp: 0, rounds: 1, cases: 1, idleMs: 500 },
  quick: { steps: [1_000, 20_000], warmUp: 2, rounds: 2, cases: 4, idleMs: 3_000 },
  full: { steps: [1_000, 10_000, 100_000, 1_000_000], warmUp: 40, rounds: 5, cases: 100, idleMs: 30_000 }
}

/** `growth`: what a live case costs while more and more are kept beside it. */
export const growth: Bench = {
  name: 'growth',
  async run(options) {
    const database = await startBenchDatabase(['server', 'engine'])
    try {
      const stack = await startStack({
        engine: 'operaton', database: 'postgres', postgres: database.postgres, guests: PEOPLE, env: { DEPARTMENT_DAY_MS: '1' }
      })
      try {
        const clients = { server: await database.connect('server'), engine: await database.connect('engine') }
        const { secrets, options: { port } } = stack.system
        const engine = { url: engineUrl({ port }), user: 'engine', password: secrets.ENGINE_PASSWORD! }
        const crypto = createCryptoProvider({ dataKey: secrets.DATA_KEY!, hashKey: secrets.HASH_KEY! })
        return await measureSteps(options, { stack, database, clients, engine, crypto })
      } finally {
        await stack.stop()
      }
    } finally {
      await database.stop()
    }
  }
}

async function measureSteps({ size, seed, say }: BenchOptions, world: GrowthWorld): Promise<Findings> {
  const { steps, warmUp, rounds, cases, idleMs } = AMOUNTS[size]
  const results: GrowthStep[] = []
  for (const [index, seeded] of steps.entries()) {
    say(`growth: ${seeded.toLocaleString('en-GB')} applications …`)
    await standingStill(world, () => seedApplications(world, { from: (steps[index - 1] ?? 0) + 1, to: seeded, seed }))
    await playCases(world, warmUp)
    const seen = async () => ({
      running: await runtimeRows(world), instances: await rowsOf(world.clients.engine, 'act_hi_procinst'), bytes: await tableBytes(world)
    })
    const before = await seen()
    const standing = await standingCost(world, idleMs)
    const costs: Counted[] = []
    for (let round = 0; round < rounds; round++) costs.push(await liveRound(world, cases, standing))
    const after = await seen()
    results.push({
      seeded, cases: rounds * cases, costs, standing, tables: grownBy(before.bytes, after.bytes, rounds * cases),
      instances: (after.instances - before.instances) / (rounds * cases),
      left: Object.entries(after.running).reduce((sum, [table, count]) => sum + Math.abs(count - before.running[table]!), 0)
    })
    say(`  ${figure(costs.reduce((sum, { application, postgres }) => sum + application + postgres, 0) / rounds)} CPU-s a case`)
  }
  return growthFindings(size, seed, results, await countRows(world))
}

async function countRows({ clients }: GrowthWorld): Promise<Record<string, number>> {
  const [server, engine] = [clients.server, clients.engine]
  return {
    applications: await rowsOf(server, 'application'), items: await rowsOf(server, 'item'), tasks: await rowsOf(server, 'work_item'),
    decisions: await rowsOf(server, 'decision'), 'events of the audit trail': await rowsOf(server, 'audit_event'),
    'instances in the engine\'s history': await rowsOf(engine, 'act_hi_procinst'), 'activities there': await rowsOf(engine, 'act_hi_actinst'),
    'timers that wait': await rowsOf(engine, 'act_ru_job')
  }
}
