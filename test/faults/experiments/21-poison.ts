import { expect } from 'chai'
import { nextPeople, submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { setFaults } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

interface Incidents { readonly incidents: readonly { readonly id: string }[] }

export const experiment: Experiment = {
  id: 21, nameZh: '毒丸办件', name: 'one case that a department can never take, among others',
  hypothesis: 'one incident, all others end; mended, the one ends too when an officer has it tried again',
  async act({ stack, count }) {
    const people = nextPeople(count)
    const { idNumber } = people[Math.floor(count / 2)]!.person
    await setFaults(stack, [{ mode: 'error', status: 400, idNumber }], 'hrss')
    const cases = await submitCases(stack, people)
    const supervisor = await stack.as('supervisor-gx')
    const window = await stack.as('window-gx')
    const completed = async () => (await Promise.all(cases.map(({ id }) => window.get(`applications/${id}`)))).filter(one => one.status === 'completed').length
    await patiently('all others end', async () => await completed() === count - 1, 1000)
    const { incidents } = await supervisor.get('incidents') as Incidents
    expect(incidents, 'incidents').to.have.length(1)
    await setFaults(stack, [])
    const healedAt = Date.now()
    await supervisor.post(`incidents/${incidents[0]!.id}/retry`, {})
    return { cases, healedAt }
  }
}
