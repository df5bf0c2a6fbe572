import { randomUUID } from 'node:crypto'
import type { ServerContext } from '../../../server/context.ts'
import { beginStep } from '../../../server/services/department-step.ts'
import { finishStep } from '../../../server/services/finish-step.ts'
import { recordSteps, runStep } from '../../../server/services/steps/run-step.ts'
import type { RunningEngine } from '../../support/engine.ts'

interface LockedTask {
  readonly id: string
  readonly topicName: string
  readonly businessKey: string
  readonly processInstanceId: string
  readonly variables: Readonly<Record<string, { readonly value: string | boolean | number }>>
}

export type Outcomes = Readonly<Record<string, string | boolean>>

/** What every department answers unless a test says otherwise; the topic's last part decides. */
const USUAL: Readonly<Record<string, Outcomes>> = {
  verify: { verification: 'passed' }, register: { registration: 'registered' }, order: { registration: 'registered' },
  declare: { registration: 'registered' }, assess: { assessment: 'assessed' }, 'check-enrolment': { enrolment: 'enrolled' },
  'check-photo': { photo: 'passed' }, 'request-file': { letter: 'issued' }, 'check-letter': { letter: 'valid' },
  dispatch: { registration: 'registered' }, 'check-special-list': { specialList: 'listed' }, 'verify-special-group': { specialGroup: 'confirmed' },
  'set-benefit-start': { benefitWait: 'none' }, 'check-plan': { planChange: 'allowed' }, 'mail-results': {}
}
const ALSO: Readonly<Record<string, Outcomes>> = {
  'guangxi.archive-transfer.verify': { direction: 'receive' }, 'guangxi.resident-medical-change.verify': { changesNameOrIdNumber: false },
  'guangxi.flexible-medical-change.verify': { changesNameOrIdNumber: false }
}

/** Works external tasks through the server's own services, as the workers do over HTTP. */
export class StepWorker {
  readonly #workerId = randomUUID()
  /** Answers of departments that differ from the usual ones, by topic. */
  readonly outcomes = new Map<string, Outcomes>()
  readonly seen: string[] = []
  readonly ctx: ServerContext
  readonly engine: RunningEngine
  readonly topics: readonly string[]

  constructor(ctx: ServerContext, engine: RunningEngine) {
    this.ctx = ctx
    this.engine = engine
    this.topics = [...Object.keys(recordSteps), ...Object.keys(ctx.regions.steps('guangxi'))]
  }

  /** Works until nothing is fetchable; answers how many tasks were done. */
  async pump(): Promise<number> {
    let count = 0
    for (;;) {
      const tasks = await this.call('POST', 'external-task/fetchAndLock', {
        workerId: this.#workerId, maxTasks: 50, topics: this.topics.map(topicName => ({ topicName, lockDuration: 20_000, localVariables: true }))
      }) as LockedTask[]
      if (tasks.length === 0) return count
      for (const task of tasks) await this.work(task)
      count += tasks.length
    }
  }

  async work({ id, topicName, businessKey, processInstanceId, variables }: LockedTask): Promise<void> {
    this.seen.push(topicName)
    const local = Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value]))
    const result = topicName in recordSteps
      ? await runStep(this.ctx, businessKey, topicName, { taskId: id, processInstanceId, variables: local, worker: 'test' })
      : await this.#department(businessKey, topicName)
    await this.call('POST', `external-task/${id}/complete`, { workerId: this.#workerId, variables: result })
  }

  async #department(businessKey: string, topic: string): Promise<Record<string, { value: string | boolean; type: string }>> {
    const { requestId, earlier } = await beginStep(this.ctx, businessKey, topic)
    const step = topic.split('.').at(-1)!
    const variables = this.outcomes.get(topic) ?? { ...USUAL[step], ...ALSO[topic] }
    const isReceipted = variables.registration === 'registered' || step === 'mail-results'
    const results = earlier?.outcome ?? await finishStep(this.ctx, businessKey, topic, {
      requestId, variables, reasons: [], receipt: isReceipted ? { number: `R-${randomUUID().slice(0, 8)}`, issuedAt: new Date().toISOString() } : null,
      ...(step === 'assess' ? { amounts: { amountFen: 20_000 } } : {}),
      evidence: { department: 'test', payloadHash: null, responseHash: null, httpStatus: 200, attempts: [] }
    }, 'test')
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, { value, type: typeof value === 'boolean' ? 'Boolean' : 'String' }]))
  }

  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.engine.url}/${path}`, {
      method, headers: { authorization: this.engine.authorization, 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body)
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}
