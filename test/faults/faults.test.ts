import { freePortRange } from '../support/ports.ts'
import { randomOf } from '../support/random.ts'
import type { Stack } from '../support/stack.ts'
import { startStack } from '../support/stack.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { createTcpProxy } from '../support/tcp-proxy.ts'
import { CASES, conclude, PEOPLE, report, SEEDS, STRANGERS } from './support/experiment.ts'
import { EXPERIMENTS } from './support/experiments.ts'
import type { Experiment } from './support/form.ts'

const PORT_SPAN = 30
const ONLY = process.env.FAULT_ONLY?.split(',').map(Number)

const chosen = ONLY?.flatMap(kind => EXPERIMENTS.filter(({ id }) => id === kind)) ?? EXPERIMENTS

/** Each experiment with each seed, one after another on one system: what one leaves broken, the next one finds. */
describe('faults', () => {
  let stack: Stack
  let engineLine: TcpProxy
  let databaseLine: TcpProxy

  before(async () => {
    const port = await freePortRange(PORT_SPAN)
    engineLine = await createTcpProxy(port + 10)
    stack = await startStack({
      engine: 'operaton', database: 'postgres', guests: [...PEOPLE, ...STRANGERS], port, workersEngineUrl: `http://127.0.0.1:${engineLine.port}/engine-rest`,
      databaseLine: async postgresPort => (databaseLine = await createTcpProxy(postgresPort)).port
    })
  })
  after(async () => {
    await stack?.stop()
    await engineLine?.stop()
    await databaseLine?.stop()
  })

  for (const seed of SEEDS) {
    for (const experiment of chosen) {
      it(`${experiment.id} ${experiment.name}, seed ${seed}: ${experiment.hypothesis}`, () => run(experiment, seed))
    }
  }

  async function run(experiment: Experiment, seed: number): Promise<void> {
    const { id, name, isEmbedded, isReference, act } = experiment
    const own = isEmbedded ? await startStack({ engine: 'operaton', database: 'embedded', guests: PEOPLE }) : undefined
    const on = own ?? stack
    try {
      const { cases, healedAt } = await act({ stack: on, random: randomOf(seed + id), seed, count: CASES, engineLine, databaseLine })
      if (isReference) report({ experiment: name, seed, isReference })
      else await conclude(on, experiment, seed, cases, healedAt)
    } catch (error) {
      report({ experiment: name, seed, failed: String(error).slice(0, 300) })
      throw error
    } finally {
      for (const line of [engineLine, databaseLine]) line.setMode('pass')
      await own?.stop()
    }
  }
})
