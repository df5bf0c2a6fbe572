import { BasicAuthInterceptor, Client } from 'camunda-external-task-client-js'
import { expect } from 'chai'
import { engineUrl } from '../../../scripts/system/plan.ts'
import { createTcpProxy } from '../../support/tcp-proxy.ts'
import { until } from '../../support/until.ts'
import { callEngine, deployModel, pause } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'

const HELD_MS = 8000
/** As long as our own workers are given at the very most: their deadline of a long poll and the engine's pause. */
const WATCHED_MS = 45_000

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  targetNamespace="faults"><bpmn:process id="stock-client" isExecutable="true" camunda:historyTimeToLive="P1D">
  <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="in" sourceRef="start" targetRef="work"/>
  <bpmn:serviceTask id="work" camunda:type="external" camunda:topic="stock-client"/>
  <bpmn:sequenceFlow id="out" sourceRef="work" targetRef="end"/><bpmn:endEvent id="end"/></bpmn:process></bpmn:definitions>`

/** The npm client at its defaults has no deadline for a call: the poll that the black hole swallowed is waited for without end. */
export const experiment: Experiment = {
  id: 7, nameZh: '引擎线路黑洞（原装客户端）', name: 'black hole, the npm client at its defaults', isReference: true,
  hypothesis: `it takes no task within ${WATCHED_MS / 1000} s after the line is whole`,
  async act({ stack }) {
    const { options: { port }, secrets } = stack.system
    const deployment = await deployModel(stack, 'stock-client', MODEL)
    const line = await createTcpProxy(port + 10)
    const client = new Client({
      baseUrl: engineUrl({ port: line.port - 10 }), interceptors: [new BasicAuthInterceptor({ username: 'engine', password: secrets.ENGINE_PASSWORD! }) as never]
    } as unknown as ConstructorParameters<typeof Client>[0])
    let done = 0
    client.subscribe('stock-client', {}, async ({ task, taskService }: any) => { // eslint-disable-line @typescript-eslint/no-explicit-any -- untyped package
      await taskService.complete(task)
      done++
    })
    const start = () => callEngine(stack, 'process-definition/key/stock-client/start', { method: 'POST', body: '{}' })
    try {
      await start()
      await until('it works before the fault', async () => done === 1, 30_000)
      line.setMode('blackhole')
      await pause(HELD_MS)
      line.setMode('pass')
      const healedAt = Date.now()
      await start()
      const isBack = await until('it works after the fault', async () => done === 2, WATCHED_MS).catch(() => false)
      expect(isBack, 'the stock client came back by itself').to.equal(false)
      return { cases: [], healedAt }
    } finally {
      client.stop()
      await line.stop()
      await callEngine(stack, `deployment/${deployment}?cascade=true`, { method: 'DELETE' })
    }
  }
}
