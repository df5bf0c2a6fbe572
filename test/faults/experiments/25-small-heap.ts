import { expect } from 'chai'
import { submitCases } from '../support/experiment.ts'
import { callEngine, restart } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'

const HUGE = 'x'.repeat(5 * 2 ** 20)
const PAGE = 10_000

export const experiment: Experiment = {
  id: 25, nameZh: '引擎内存不足', name: 'an engine with half its memory, 5 MB variables and pages of 10,000 tasks',
  hypothesis: 'what is too large is refused, the engine lives on and the cases beside it end',
  async act({ stack, count }) {
    const { engine } = stack.system.children
    try {
      await restart(stack, 'engine', { _JAVA_OPTIONS: '-Xmx256m' })
      const { pid } = engine
      const submitting = submitCases(stack, count)
      const variable = { messageName: 'nobody-waits', processVariables: { huge: { value: HUGE, type: 'String' } } }
      const answers = await Promise.all(Array.from({ length: 8 }, async (_, index) => index % 2 === 0
        ? await callEngine(stack, 'message', { method: 'POST', body: JSON.stringify(variable) })
        : await callEngine(stack, `task?maxResults=${PAGE}`)))
      const cases = await submitting
      expect(answers.map(({ status }) => status).filter(status => status < 400), 'taken').to.deep.equal([])
      expect(engine.pid, 'the engine lived on').to.equal(pid)
      return { cases, healedAt: Date.now() }
    } finally {
      await restart(stack, 'engine', { _JAVA_OPTIONS: undefined })
    }
  }
}
