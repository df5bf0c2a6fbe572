import { createTcpProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { freePortRange } from '../support/ports.ts'
import { randomOf } from '../support/random.ts'
import type { Stack } from '../support/stack.ts'
import { startStack } from '../support/stack.ts'
import { CASES, conclude, SEEDS, submitCases } from './support/experiment.ts'

const LOCK_MS = Number(process.env.FAULT_LOCK_MS ?? 20_000)
const PORT_SPAN = 30

describe('between workers, engine and departments', () => {
  let stack: Stack
  let proxy: TcpProxy

  before(async () => {
    const port = await freePortRange(PORT_SPAN)
    proxy = await createTcpProxy(port + 10)
    stack = await startStack({
      engine: 'operaton', database: 'postgres', people: 2000, port, workersEngineUrl: `http://127.0.0.1:${proxy.port}/engine-rest`
    })
  })
  after(async () => {
    await stack?.stop()
    await proxy?.stop()
  })

  for (const seed of SEEDS) {
    const random = randomOf(seed)

    it(`a connection that swallows everything for a while, seed ${seed}`, async () => {
      const submitting = submitCases(stack, CASES)
      await pause(1000 + random() * 1000)
      proxy.setMode('blackhole')
      await pause(8000)
      proxy.setMode('pass')
      const healedAt = Date.now()
      const cases = await submitting
      await conclude(stack, 'black hole between workers and engine', seed, cases, healedAt)
    })

    it(`workers that sleep for two lock times and wake as if nothing had been, seed ${seed}`, async () => {
      const submitting = submitCases(stack, Math.min(CASES, 20))
      await pause(800 + random() * 800)
      stack.system.children.workers.signal('SIGSTOP')
      await pause(2 * LOCK_MS)
      stack.system.children.workers.signal('SIGCONT')
      const wokenAt = Date.now()
      const cases = await submitting
      await conclude(stack, 'zombie workers', seed, cases, wokenAt)
    })

    it(`departments that do their work and never answer, seed ${seed}`, async () => {
      for (const offset of [21, 22, 23]) await faults(offset, [{ mode: 'effect-then-silence', count: 8 }])
      const cases = await submitCases(stack, Math.min(CASES, 20))
      const begun = Date.now()
      await conclude(stack, 'effect without a reply', seed, cases, begun)
    })
  }

  function faults(offset: number, list: unknown[]): Promise<Response> {
    return fetch(`http://127.0.0.1:${stack.system.options.port + offset}/v1/faults`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ faults: list })
    })
  }
})

/** The length of a fault is the experiment itself, not a wait for a result. */
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
