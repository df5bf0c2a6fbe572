import { until } from '../../support/until.ts'
import { submitCases } from '../support/experiment.ts'
import { pause, restart } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'

const HOUR = 3_600_000
const JUMPS_AFTER_MS = 6000
const BACK_AFTER_MS = 18_000
/** Within the wrong hour something must be put off, or nothing is to be seen. */
const AWAY_MS = 8000

/** A program whose time of day jumps some seconds after its start, and jumps back later. */
const jumping = (byMs: number): string => `--import=data:text/javascript,${encodeURIComponent(`
  const Clock = Date, now = Clock.now, begun = now()
  const shifted = () => { const at = now(), age = at - begun; return age > ${JUMPS_AFTER_MS} && age < ${BACK_AFTER_MS} ? at + ${byMs} : at }
  globalThis.Date = class extends Clock {
    constructor(...given) { given.length ? super(...given) : super(shifted()) }
    static now() { return shifted() }
  }`)}`

/** Which program, and whereto, goes through all four in seeds that follow each other. */
export const experiment: Experiment = {
  id: 14, nameZh: '时钟跳变', name: 'the clock of the server or of the workers jumps by an hour and back while whom they call is away',
  hypothesis: 'what was put off by the wrong hour is taken up again by the right one',
  setsClocks: true,
  async act({ stack, seed, count }) {
    const { children } = stack.system
    const [name, called] = seed % 2 === 0 ? ['server', children.engine] as const : ['workers', children.departments] as const
    await until('the window is signed in', () => stack.as('window-gx')) // by the right hour, or the identity server would refuse it
    await restart(stack, name, { NODE_OPTIONS: jumping(seed % 4 < 2 ? HOUR : -HOUR) })
    await pause(JUMPS_AFTER_MS)
    await called.stop(0)
    const submitting = submitCases(stack, count)
    await pause(AWAY_MS)
    called.startAgain()
    await pause(BACK_AFTER_MS - AWAY_MS - JUMPS_AFTER_MS + 1000)
    const healedAt = Date.now()
    const cases = await submitting
    children[name].plan.env.NODE_OPTIONS = undefined
    return { cases, healedAt }
  }
}
