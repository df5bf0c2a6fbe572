import { expect } from 'chai'
import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'

const TIMES = 20

export const experiment: Experiment = {
  id: 15, nameZh: '同一提交二十次', name: 'the same submission 20 times at once',
  hypothesis: 'one case; what comes again is answered with the same number, another body under the same key is refused',
  async act({ stack, random, count }) {
    const cases = await submitCases(stack, Math.min(count, 10))
    const window = await stack.as('window-gx')
    const template = await window.get('regions/guangxi/prefill?matters=flexible-pension')
    const draft = { region: 'guangxi', channel: 'window', matters: ['flexible-pension'], agent: null, items: template.items, common: template.common }
    const key = `same-${Math.floor(random() * 1e12)}-${Date.now()}`
    const send = (body: unknown) => window.send('POST', 'applications', body, { 'idempotency-key': key })
    const answers = await Promise.all(Array.from({ length: TIMES }, () => send(draft)))
    const created = answers.filter(({ status }) => status < 300)
    expect(created).to.not.be.empty
    expect([...new Set(created.map(({ body }) => body.id as string))], 'one draft').to.have.length(1)
    expect([...new Set(answers.filter(({ status }) => status >= 300).map(({ body }) => body.code as string))])
      .to.satisfy((codes: string[]) => codes.every(code => code === 'IDEMPOTENCY_IN_PROGRESS'))
    const other = await send({ ...draft, items: {} })
    expect(other.status).to.be.oneOf([409, 422])
    return { cases, healedAt: Date.now() }
  }
}
