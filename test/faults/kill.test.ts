import type { ProcessName } from '../../scripts/system/plan.ts'
import { randomOf } from '../support/random.ts'
import type { Stack } from '../support/stack.ts'
import { startStack } from '../support/stack.ts'
import { CASES, conclude, SEEDS, submitCases } from './support/experiment.ts'

const KILLS = 3

/** kill -9 in the middle of running cases; the supervisor starts the process again, and nobody else does anything. */
describe('kill -9', () => {
  let stack: Stack

  before(async () => { stack = await startStack({ engine: 'operaton', database: 'postgres', people: 2000 }) })
  after(async () => stack?.stop())

  for (const seed of SEEDS) {
    for (const name of ['workers', 'engine', 'server', 'departments'] as const) {
      it(`of ${name}, ${KILLS} times in the middle of ${CASES} cases, seed ${seed}: nothing lost, nothing doubled`, async () => {
        const random = randomOf(seed)
        const submitting = submitCases(stack, CASES)
        for (let kill = 0; kill < KILLS; kill++) {
          await pause(1000 + random() * 2500)
          stack.system.children[name satisfies ProcessName].signal('SIGKILL')
        }
        const killedAt = Date.now()
        const cases = await submitting
        await conclude(stack, `kill -9 ${name}`, seed, cases, killedAt)
      })
    }

    it(`of PostgreSQL in the middle of ${CASES} cases, seed ${seed}: no acknowledged case is lost`, async () => {
      const random = randomOf(seed + 7)
      const submitting = submitCases(stack, CASES)
      await pause(1500 + random() * 2000)
      await stack.postgres!.kill9()
      await stack.postgres!.restart()
      const killedAt = Date.now()
      const cases = await submitting
      await conclude(stack, 'kill -9 PostgreSQL', seed, cases, killedAt)
    })
  }
})

/** The moment of a fault is drawn by the seed; it is the experiment itself, not a wait for a result. */
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
