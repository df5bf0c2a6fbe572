import { randomUUID } from 'node:crypto'
import { deployRegion } from '../../server/engine/deploy.ts'
import type { RunningEngine } from '../support/engine.ts'
import { until } from '../support/until.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the engine are read as they come */

/** Values of process variables; a Date becomes a Date of the engine, which its timers need. */
export type Values = Readonly<Record<string, string | boolean | Date>>

/** Plays the server, the workers and the clerks of a process by bare REST calls of the engine. */
export class ProcessPlayer {
  readonly #engine: RunningEngine

  constructor(engine: RunningEngine) {
    this.#engine = engine
  }

  /** Deploys a region's models through the gate of the server, as a start of the system does. */
  async deploy(folder: string): Promise<void> {
    await deployRegion({
      keysDeployedBy: async () => [],
      deploy: async (name, source, files) => {
        const form = new FormData()
        form.append('deployment-name', name)
        form.append('deployment-source', source)
        for (const file of files) form.append(file.name, new Blob([file.content]), file.name)
        const { id } = await this.#send('POST', 'deployment/create', form)
        return { id, deployed: [] }
      }
    }, folder)
  }

  get(path: string): Promise<any> {
    return this.#send('GET', path)
  }

  /** Starts the latest version of a process; gives the instance's id. */
  async start(key: string, businessKey: string, values: Values): Promise<string> {
    return (await this.#send('POST', `process-definition/key/${key}/start`, { businessKey, variables: typed(values) })).id
  }

  /** Locks the one external task of a topic and business key, completes it, and tells which variables it saw. */
  async work(topic: string, businessKey: string, values: Values = {}): Promise<Record<string, unknown>> {
    const workerId = randomUUID()
    const task = await this.#lock(topic, businessKey, workerId)
    await this.#send('POST', `external-task/${task.id}/complete`, { workerId, variables: typed(values) })
    return Object.fromEntries(Object.entries(task.variables).map(([name, { value }]: any) => [name, value]))
  }

  /** Topics that wait for a worker under a business key, in alphabetical order. */
  async openTopics(businessKey: string): Promise<string[]> {
    const instances: { id: string }[] = await this.get(`process-instance?businessKey=${businessKey}&maxResults=10`)
    const tasks = await Promise.all(instances.map(({ id }) => this.get(`external-task?processInstanceId=${id}&maxResults=50`)))
    return tasks.flat().map(({ topicName }) => topicName as string).sort()
  }

  /** The one user task of a business key. */
  userTask(businessKey: string): Promise<any> {
    return until(`a user task of ${businessKey}`, async () =>
      (await this.get(`task?processInstanceBusinessKey=${businessKey}&maxResults=2`))[0], 5000)
  }

  /** Completes the open user task; `activityId` says which one it must be. */
  async decide(businessKey: string, activityId: string, decision: string): Promise<void> {
    const task = await this.userTask(businessKey)
    if (task.taskDefinitionKey !== activityId) throw new Error(`${task.taskDefinitionKey} is open, not ${activityId}`)
    await this.#send('POST', `task/${task.id}/complete`, { variables: typed({ decision }) })
  }

  async message(messageName: string, businessKey: string): Promise<void> {
    await this.#send('POST', 'message', { messageName, businessKey })
  }

  /** Due instants of the timers of an instance, in ms and in order of time. */
  async timers(instanceId: string): Promise<number[]> {
    const jobs: { dueDate: string | null }[] = await this.get(`job?processInstanceId=${instanceId}&timers=true&maxResults=20`)
    return jobs.map(({ dueDate }) => Date.parse(dueDate!)).sort((one, other) => one - other)
  }

  async variable(instanceId: string, name: string): Promise<unknown> {
    return (await this.get(`process-instance/${instanceId}/variables/${name}`)).value
  }

  /** Waits for the end of an instance; gives the ids of the end events it went through, in alphabetical order. */
  async ends(instanceId: string): Promise<string[]> {
    await until(`the end of ${instanceId}`, async () =>
      (await this.get(`history/process-instance/${instanceId}`)).state === 'COMPLETED', 10_000)
    const passed = await this.history(instanceId)
    return passed.filter(({ activityType }) => activityType.endsWith('EndEvent')).map(({ activityId }) => activityId).sort()
  }

  /** Everything an instance has gone through. */
  history(instanceId: string): Promise<{ activityId: string; activityType: string; calledProcessInstanceId: string | null }[]> {
    return this.get(`history/activity-instance?processInstanceId=${instanceId}&maxResults=200`)
  }

  async #lock(topicName: string, businessKey: string, workerId: string): Promise<any> {
    const [task] = await this.#send('POST', 'external-task/fetchAndLock', {
      workerId, maxTasks: 1, asyncResponseTimeout: 8000, topics: [{ topicName, businessKey, lockDuration: 60_000 }]
    })
    if (!task) throw new Error(`${topicName} has no task for ${businessKey}; open are: ${(await this.openTopics(businessKey)).join(' ') || 'none'}`)
    return task
  }

  /** Repeats what collided with the engine's own jobs: engine-notes C0. */
  async #send(method: string, path: string, body?: object): Promise<any> {
    for (let attempt = 1; ; attempt++) {
      const isForm = body instanceof FormData
      const response = await fetch(`${this.#engine.url}/${path}`, {
        method,
        headers: { authorization: this.#engine.authorization, ...(isForm ? {} : { 'content-type': 'application/json' }) },
        body: isForm ? body : JSON.stringify(body)
      })
      const text = await response.text()
      const answer = text ? JSON.parse(text) : undefined
      if (response.ok) return answer
      if (attempt === 10 || !isCollision(response.status, answer)) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    }
  }
}

function isCollision(status: number, answer: { code?: number; type?: string; message?: string } | undefined): boolean {
  return status === 500 && (answer?.code === 1 || answer?.code === 10_000 || answer?.type === 'ProcessEnginePersistenceException'
    || /ENGINE-03077/.test(answer?.message ?? ''))
}

function typed(values: Values): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value instanceof Date
    ? { value: value.toISOString().replace('Z', '+0000'), type: 'Date' }
    : { value, type: typeof value === 'boolean' ? 'Boolean' : 'String' }]))
}
