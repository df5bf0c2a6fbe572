import { addressesBeside } from '../../../core/config.ts'
import { SupervisedChild } from '../../../scripts/system/child.ts'
import { MAINS, planNode } from '../../../scripts/system/plan.ts'
import { freePortRange } from '../../support/ports.ts'
import { createRewriter } from '../../support/rewriter.ts'
import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { restart } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

const GRACE_MS = 11_000
const PORT_SPAN = 3

/** Ours has no setting for it, so what both say to the engine is changed on the way: the engine takes them for one. */
export const experiment: Experiment = {
  id: 12, nameZh: '两个办件程序用同一编号', name: 'two workers with the same worker id',
  hypothesis: 'each may end what the other has in hand, and no effect stands twice',
  async act({ stack, count, engineLine }) {
    const { options } = stack.system
    const line = await createRewriter(engineLine.port, body => body.replace(/"workerId":"[^"]*-([a-z]+)"/, '"workerId":"the-same-$1"'))
    const engine = { ENGINE_URL: `http://127.0.0.1:${line.port}/engine-rest` }
    const port = await freePortRange(PORT_SPAN)
    const env = { ...addressesBeside(options.port), ...options.env, ...engine, PORT: String(port) }
    const twin = new SupervisedChild(planNode(options, 'workers-twin', MAINS.workers, env), { onGivingUp: () => undefined })
    const usual = stack.system.children.workers.plan.env.ENGINE_URL
    try {
      await restart(stack, 'workers', engine)
      twin.start()
      await patiently('both poll', async () => (await Promise.all([options.port, port].map(async one =>
        (await fetch(`http://127.0.0.1:${one + 2}/readyz`)).ok))).every(Boolean))
      const cases = await submitCases(stack, count)
      return { cases, healedAt: Date.now() }
    } finally {
      await twin.stop(GRACE_MS)
      await restart(stack, 'workers', { ENGINE_URL: usual })
      await line.stop()
    }
  }
}
