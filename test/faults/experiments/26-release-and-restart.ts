import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { submitCases } from '../support/experiment.ts'
import { callEngine, restart } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'
import type { Stack } from '../../support/stack.ts'

const PROCESS = 'guangxi-flexible-pension'
const FILE = 'processes/guangxi/flexible-pension.bpmn'

/** How many instances were ever started by the process, or by one version of it. */
async function startedBy(stack: Stack, which = `processDefinitionKey=${PROCESS}`): Promise<number> {
  return (await (await callEngine(stack, `history/process-instance/count?${which}`)).json() as { count: number }).count
}

/** Gives the id of the new version. */
async function release(stack: Stack, name: string): Promise<string> {
  const form = new FormData()
  form.set('deployment-name', name)
  form.set('file', new Blob([readFileSync(FILE, 'utf8').replace(/(<bpmn:process [^>]*name=")/, `$1${name}`)]), 'released.bpmn')
  const { deployedProcessDefinitions: made } = await (await callEngine(stack, 'deployment/create', { method: 'POST', body: form })).json() as
    { deployedProcessDefinitions: Record<string, { id: string }> }
  return Object.values(made)[0]!.id
}

export const experiment: Experiment = {
  id: 26, nameZh: '办件中发布并重启', name: 'a process released and everything restarted while cases run',
  hypothesis: 'cases stay on the version that they were started by, and none notices the restart',
  async act({ stack, random, count }) {
    const before = await startedBy(stack)
    const submitting = submitCases(stack, Math.floor(count / 2))
    await patiently('the first cases run', async () => await startedBy(stack) > before)
    const version = await release(stack, `新版${Math.floor(random() * 1e9)}`)
    const later = submitCases(stack, Math.ceil(count / 2))
    for (const name of ['server', 'workers', 'departments', 'engine'] as const) await restart(stack, name)
    const healedAt = Date.now()
    const cases = [...await submitting, ...await later]
    await patiently('each has its process', async () => await startedBy(stack) === before + cases.length)
    expect(await startedBy(stack, `processDefinitionId=${version}`), 'cases after the release').to.be.greaterThan(0)
    return { cases, healedAt }
  }
}
