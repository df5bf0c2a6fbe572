import type { RunningEngine } from '../support/engine.ts'

/** What the tests ask of a real engine, over its REST interface. */
export interface EngineFixture {
  /** Deploys a process of one external task after another; `result` becomes a local input parameter of each. */
  deploy(key: string, topics: readonly string[], result?: string): Promise<void>
  start(key: string, businessKey: string): Promise<string>
  tasks(processInstanceId: string): Promise<ExternalTask[]>
  isEnded(processInstanceId: string): Promise<boolean>
  incidents(processInstanceId: string): Promise<{ incidentMessage: string }[]>
  call(method: string, path: string, body?: unknown): Promise<{ status: number, body: unknown }>
}

export interface ExternalTask {
  readonly id: string
  readonly topicName: string
  readonly workerId: string | null
  readonly retries: number | null
  readonly errorMessage: string | null
  readonly lockExpirationTime: string | null
}

export function engineFixture(engine: RunningEngine): EngineFixture {
  const call: EngineFixture['call'] = async (method, path, body) => {
    const response = await fetch(`${engine.url}${path}`, {
      method, headers: { authorization: engine.authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : null }
  }
  const get = async <T>(path: string): Promise<T> => (await call('GET', path)).body as T
  return {
    call,
    async deploy(key, topics, result) {
      const form = new FormData()
      form.set('deployment-name', key)
      form.set(`${key}.bpmn`, new Blob([model(key, topics, result)]), `${key}.bpmn`)
      const response = await fetch(`${engine.url}/deployment/create`, {
        method: 'POST', headers: { authorization: engine.authorization }, body: form
      })
      if (!response.ok) throw new Error(await response.text())
    },
    start: async (key, businessKey) =>
      ((await call('POST', `/process-definition/key/${key}/start`, { businessKey })).body as { id: string }).id,
    tasks: id => get(`/external-task?processInstanceId=${id}&maxResults=50`),
    isEnded: async id => (await get<{ state: string }>(`/history/process-instance/${id}`)).state === 'COMPLETED',
    incidents: id => get(`/incident?processInstanceId=${id}&maxResults=50`)
  }
}

function model(key: string, topics: readonly string[], result?: string): string {
  const input = result === undefined ? '' : '<bpmn:extensionElements><camunda:inputOutput>'
    + `<camunda:inputParameter name="result">${result}</camunda:inputParameter>`
    + '</camunda:inputOutput></bpmn:extensionElements>'
  const tasks = topics.map((topic, index) =>
    `<bpmn:serviceTask id="task${index}" camunda:type="external" camunda:topic="${topic}">${input}</bpmn:serviceTask>`)
  const ids = ['start', ...topics.map((_, index) => `task${index}`), 'end']
  const flows = ids.slice(1).map((id, index) =>
    `<bpmn:sequenceFlow id="flow${index}" sourceRef="${ids[index]}" targetRef="${id}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
<bpmn:process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
<bpmn:startEvent id="start"/>${tasks.join('')}<bpmn:endEvent id="end"/>${flows.join('')}
</bpmn:process></bpmn:definitions>`
}
