import { approveOpenTasks, nextStrangers, submitCases } from '../support/experiment.ts'
import { pause, restart } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

const HOUR = 3_600_000

/** A program whose time of day jumps at a signal, and back at the next. */
const jumping = (byMs: number): string => `--import=data:text/javascript,${encodeURIComponent(`
  const Clock = Date, now = Clock.now
  let by = 0
  process.on('SIGUSR2', () => { by = by === 0 ? ${byMs} : 0 })
  globalThis.Date = class extends Clock {
    constructor(...given) { given.length ? super(...given) : super(now() + by) }
    static now() { return now() + by }
  }`)}`

/**
 * Cases come in, and clerks decide, before the wrong hour, as sessions end in it. The server then has decisions to tell an engine that
 * is away, the workers have departments to call that are. Which of the two, and whereto, goes through all four in seeds that follow
 * each other.
 */
export const experiment: Experiment = {
  id: 14, nameZh: '时钟跳变', name: 'the clock of the server or of the workers jumps by an hour and back while whom they call is away',
  hypothesis: 'what was put off by the wrong hour is taken up again by the right one',
  setsClocks: true,
  async act({ stack, seed, count }) {
    const { children, options: { port } } = stack.system
    const [name, called, health] = seed % 2 === 0 ? ['server', children.engine, port] as const : ['workers', children.departments, port + 2] as const
    await restart(stack, name, { NODE_OPTIONS: jumping(seed % 4 < 2 ? HOUR : -HOUR) })
    await patiently(`${name} is ready`, async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok)
    try {
      // Where people log in stops with the departments.
      await patiently('the window is signed in', () => stack.as('window-gx'))
      if (name === 'workers') await called.stop(0)
      const cases = await submitCases(stack, name === 'server' ? nextStrangers(count) : count)
      if (name === 'server') {
        const clerk = await stack.as('medical-gx')
        await patiently('each has a task open', async () => (await clerk.get('tasks?queue=all&limit=50')).tasks.length >= count)
        await called.stop(0)
        await approveOpenTasks(stack)
      }
      const jump = () => process.kill(children[name].pid!, 'SIGUSR2')
      jump()
      await pause(8000)
      jump()
      return { cases, healedAt: Date.now() }
    } finally {
      await called.stop(0)
      called.startAgain()
      children[name].plan.env.NODE_OPTIONS = undefined
    }
  }
}
