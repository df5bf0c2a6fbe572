import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { setFaults } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

export const experiment: Experiment = {
  id: 17, nameZh: '一个部门迟缓', name: 'one department slow, its siblings go on',
  hypothesis: 'items of the other departments are done while one is slow',
  async act({ stack, count }) {
    await setFaults(stack, [{ mode: 'delay', delayMs: 30_000 }], 'medical')
    const cases = await submitCases(stack, count)
    const window = await stack.as('window-gx')
    const isDone = async (id: string) => (await window.get(`applications/${id}`)).items
      .some((item: { slug: string, status: string }) => item.slug === 'flexible-pension' && item.status === 'delivered')
    await patiently('the pension items are done while medical is slow', async () =>
      (await Promise.all(cases.map(({ id }) => isDone(id)))).every(Boolean), 1000)
    await setFaults(stack, [])
    return { cases, healedAt: Date.now() }
  }
}
