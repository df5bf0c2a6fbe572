import { expect } from 'chai'
import pg from 'pg'
import { useEngineTime } from '../../../scripts/bench/timer-storm.ts'
import { BOUNDARIES } from '../../../server/engine/timer-feed.ts'
import { nextStrangers, submitCases } from '../support/experiment.ts'
import { callEngine, deployModel } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'
import type { Stack } from '../../support/stack.ts'
import { patiently } from '../support/patiently.ts'

/** Timers of the storm beside those of the cases. */
const STORM = 400
const AT_ONCE = 8
const PROCESS = 'timer-storm'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  targetNamespace="faults"><bpmn:process id="${PROCESS}" isExecutable="true" camunda:historyTimeToLive="P1D">
  <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="in" sourceRef="start" targetRef="timer"/>
  <bpmn:intermediateCatchEvent id="timer"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>
  </bpmn:intermediateCatchEvent><bpmn:sequenceFlow id="out" sourceRef="timer" targetRef="end"/><bpmn:endEvent id="end"/>
  </bpmn:process></bpmn:definitions>`

async function startInstances(stack: Stack): Promise<void> {
  let left = STORM
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) {
      const answer = await callEngine(stack, `process-definition/key/${PROCESS}/start`, { method: 'POST', body: '{}' })
      if (!answer.ok) throw new Error(`start: ${answer.status} ${await answer.text()}`)
    }
  }))
}

/** The lights of open items (预警, 黄牌, 红牌) are among the timers; people whom no register knows keep their items open meanwhile. */
export const experiment: Experiment = {
  id: 23, nameZh: '定时风暴中强行终止引擎', name: 'a storm of due timers, the engine killed in the middle of it',
  hypothesis: 'each timer fires, and none counts twice: in the engine, on the lights and in the audit trail',
  async act({ stack, random, count }) {
    const deployment = await deployModel(stack, PROCESS, MODEL)
    const engine = new pg.Client(stack.postgres!.url('engine'))
    const server = new pg.Client(stack.postgres!.url('server'))
    await Promise.all([engine.connect(), server.connect()])
    await useEngineTime(engine)
    try {
      const waiting = await submitCases(stack, nextStrangers(count))
      const ids = waiting.map(({ id }) => id)
      await patiently('each waits for a clerk', async () => (await server.query(
        "select distinct application_id from work_item where state = 'open' and application_id = any($1)", [ids])).rowCount === count, 500)
      await startInstances(stack)

      const lights = (await engine.query(`update act_ru_job set duedate_ = now() where type_ = 'timer' and handler_cfg_ = any($1)
        and process_instance_id_ in (select process_instance_id_ from act_ru_execution where business_key_ = any($2))`,
      [Object.values(BOUNDARIES), await subjects(server, ids)])).rowCount!
      expect(lights, 'lights of open items').to.be.greaterThan(0)
      await engine.query(`update act_ru_job set duedate_ = now() where process_def_key_ = '${PROCESS}'`)
      const submitting = submitCases(stack, count)
      const unfired = async () => Number((await engine.query(`select count(*) from act_ru_job where process_def_key_ = '${PROCESS}'`)).rows[0].count)
      const atMost = STORM * (0.9 - 0.5 * random())
      await patiently('the storm', async () => await unfired() <= atMost, 20)
      stack.system.children.engine.signal('SIGKILL')
      const healedAt = Date.now()
      expect(await unfired(), 'timers left at the kill').to.be.greaterThan(0)

      await patiently('every timer has fired', async () => await unfired() === 0, 500)
      const { rows: [ends] } = await engine.query(`select count(*)::int as all, count(distinct proc_inst_id_)::int as instances
        from act_hi_actinst where proc_def_key_ = '${PROCESS}' and act_id_ = 'end'`)
      expect(ends, 'ends of the storm').to.deep.equal({ all: STORM, instances: STORM })
      await patiently('every light is noted', async () => (await noted(server, ids)).audited >= lights, 500)
      expect(await noted(server, ids), 'lights').to.deep.equal({ lit: lights, audited: lights })
      return { cases: [...waiting, ...await submitting], healedAt }
    } finally {
      await Promise.all([engine.end(), server.end()])
      await patiently('the storm is cleared', async () => (await callEngine(stack, `deployment/${deployment}?cascade=true`, { method: 'DELETE' })).ok)
    }
  }
}

const SUBJECTS = 'select id from item where application_id = any($1) union select id from item_row where application_id = any($1)'

/** What runs a legal clock of its own in these cases: items, and rows of the declaration. */
async function subjects(server: pg.Client, ids: readonly string[]): Promise<string[]> {
  return (await server.query<{ id: string }>(SUBJECTS, [ids])).rows.map(({ id }) => id)
}

/** Lights of these cases on the board, and their events in the audit trail. */
async function noted(server: pg.Client, ids: readonly string[]): Promise<{ lit: number; audited: number }> {
  const { rows: [counts] } = await server.query(`select (select count(*)::int from sla_milestone where subject_id in (${SUBJECTS})) as lit,
    (select count(*)::int from audit_event where type = 'sla-milestone' and chain = any($1)) as audited`, [ids])
  return counts
}
