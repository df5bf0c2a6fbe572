import { expect } from 'chai'
import { createLog } from '../../../core/log.ts'
import { createTracer } from '../../../core/spans.ts'
import { Poller } from '../../../workers/runtime/client.ts'
import { EngineApi } from '../../../workers/runtime/engine-api.ts'
import { createHttp } from '../../../workers/runtime/http.ts'
import { limits } from '../../../workers/runtime/limits.ts'
import { createMetrics } from '../../../workers/runtime/metrics.ts'
import { Worker } from '../../../workers/runtime/worker.ts'
import { engineUrl } from '../../../scripts/system/plan.ts'
import type { Stack } from '../../support/stack.ts'
import { submitCases } from '../support/experiment.ts'
import { callEngine, deployModel } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

const BRANCHES = Array.from({ length: 100 }, (_, index) => index)
const TOPIC = 'faults.joining-branches'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  targetNamespace="faults"><bpmn:process id="joining-branches" isExecutable="true" camunda:historyTimeToLive="P1D">
  <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="in" sourceRef="start" targetRef="fork"/><bpmn:parallelGateway id="fork"/>
  ${BRANCHES.map(branch => `<bpmn:sequenceFlow id="to${branch}" sourceRef="fork" targetRef="work${branch}"/>
  <bpmn:serviceTask id="work${branch}" camunda:type="external" camunda:topic="${TOPIC}"/>
  <bpmn:sequenceFlow id="from${branch}" sourceRef="work${branch}" targetRef="join"/>`).join('')}
  <bpmn:parallelGateway id="join"/><bpmn:sequenceFlow id="out" sourceRef="join" targetRef="end"/><bpmn:endEvent id="end"/>
  </bpmn:process></bpmn:definitions>`

/** The worker of this project with a topic of its own. */
function createWorker({ system: { options, secrets } }: Stack): Worker {
  const [baseUrl, user, password, workerId] = [engineUrl(options), 'engine', secrets.ENGINE_PASSWORD!, `faults-${process.pid}`]
  const log = createLog({ level: 'fatal', name: 'faults' })
  const http = createHttp({
    baseUrl, maxSockets: 8, timeoutMs: limits.engineTimeoutMs, maxBytes: limits.maxReplyBytes,
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
  })
  return new Worker({
    name: 'faults', lockMs: limits.lockMs, metrics: createMetrics('faults'), log, tracer: createTracer({ endpoint: '', service: 'faults', log, fetch }),
    engine: new EngineApi({ http, workerId, patienceMs: limits.lockMs }),
    poller: new Poller({ engineUrl: baseUrl, user, password, workerId, maxParallel: 50, lockMs: limits.lockMs, longPollMs: limits.longPollMs })
  })
}

export const experiment: Experiment = {
  id: 22, nameZh: '一百个分支同时汇合', name: 'a hundred branches that join at once, beside live cases',
  hypothesis: 'collisions are tried again until each branch has joined, and no branch is worked often',
  async act({ stack, count }) {
    const deployment = await deployModel(stack, 'joining-branches', MODEL)
    const worker = createWorker(stack)
    const worked: string[] = []
    worker.subscribe(TOPIC, [], async ({ task }) => {
      worked.push(task.activityId)
      return {}
    })
    worker.start()
    try {
      const submitting = submitCases(stack, count)
      const started = await (await callEngine(stack, 'process-definition/key/joining-branches/start', { method: 'POST', body: '{}' })).json() as { id: string }
      await patiently('all branches have joined', async () =>
        ((await (await callEngine(stack, `history/process-instance/${started.id}`)).json()) as { state: string }).state === 'COMPLETED')
      expect(new Set(worked).size, 'branches').to.equal(BRANCHES.length)
      expect(worked.length, 'times that branches were worked').to.be.at.most(3 * BRANCHES.length)
      const healedAt = Date.now()
      return { cases: await submitting, healedAt }
    } finally {
      await worker.drain(1000)
      await callEngine(stack, `deployment/${deployment}?cascade=true`, { method: 'DELETE' })
    }
  }
}
