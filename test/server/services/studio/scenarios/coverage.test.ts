import { expect } from 'chai'
import { flowElements } from '../../../../../server/lint/element.ts'
import { coverageOf, flowsTaken } from '../../../../../server/services/studio/scenarios/coverage.ts'
import { readProcess } from '../../../../../server/services/studio/process-of.ts'

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="x">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>StartToChoice</bpmn:outgoing></bpmn:startEvent>
    <bpmn:exclusiveGateway id="Choice"><bpmn:incoming>StartToChoice</bpmn:incoming><bpmn:incoming>TaskToChoice</bpmn:incoming>
      <bpmn:outgoing>ChoiceToTask</bpmn:outgoing><bpmn:outgoing>ChoiceToFork</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:userTask id="Task"><bpmn:incoming>ChoiceToTask</bpmn:incoming><bpmn:outgoing>TaskToChoice</bpmn:outgoing></bpmn:userTask>
    <bpmn:parallelGateway id="Fork"><bpmn:incoming>ChoiceToFork</bpmn:incoming><bpmn:outgoing>ForkToA</bpmn:outgoing><bpmn:outgoing>ForkToB</bpmn:outgoing></bpmn:parallelGateway>
    <bpmn:userTask id="A"><bpmn:incoming>ForkToA</bpmn:incoming><bpmn:outgoing>AToJoin</bpmn:outgoing></bpmn:userTask>
    <bpmn:userTask id="B"><bpmn:incoming>ForkToB</bpmn:incoming><bpmn:outgoing>BToJoin</bpmn:outgoing></bpmn:userTask>
    <bpmn:parallelGateway id="Join"><bpmn:incoming>AToJoin</bpmn:incoming><bpmn:incoming>BToJoin</bpmn:incoming><bpmn:outgoing>JoinToEnd</bpmn:outgoing></bpmn:parallelGateway>
    <bpmn:endEvent id="End"><bpmn:incoming>JoinToEnd</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="StartToChoice" sourceRef="Start" targetRef="Choice"/><bpmn:sequenceFlow id="ChoiceToTask" sourceRef="Choice" targetRef="Task"/>
    <bpmn:sequenceFlow id="TaskToChoice" sourceRef="Task" targetRef="Choice"/><bpmn:sequenceFlow id="ChoiceToFork" sourceRef="Choice" targetRef="Fork"/>
    <bpmn:sequenceFlow id="ForkToA" sourceRef="Fork" targetRef="A"/><bpmn:sequenceFlow id="ForkToB" sourceRef="Fork" targetRef="B"/>
    <bpmn:sequenceFlow id="AToJoin" sourceRef="A" targetRef="Join"/><bpmn:sequenceFlow id="BToJoin" sourceRef="B" targetRef="Join"/>
    <bpmn:sequenceFlow id="JoinToEnd" sourceRef="Join" targetRef="End"/>
  </bpmn:process>
</bpmn:definitions>`

describe('which flows a rehearsal took', () => {
  const taken = async (...ids: string[]) => {
    const elements = new Map(flowElements(await readProcess(XML)).map(one => [one.id, one]))
    return flowsTaken(elements, ids.map(activityId => ({ activityId })))
  }

  it('goes on once from a choice and everywhere from a fork', async () => {
    expect(await taken('Start', 'Choice', 'Fork', 'A', 'B', 'Join', 'End'))
      .to.have.members(['StartToChoice', 'ChoiceToFork', 'ForkToA', 'ForkToB', 'AToJoin', 'BToJoin', 'JoinToEnd'])
  })

  it('follows a ring round by round', async () => {
    expect(await taken('Start', 'Choice', 'Task', 'Choice', 'Task')).to.have.members(['StartToChoice', 'ChoiceToTask', 'TaskToChoice'])
  })

  it('counts, and says in words what nobody took', async () => {
    const elements = new Map(flowElements(await readProcess(XML)).map(one => [one.id, one]))
    const { flows, uncovered } = coverageOf(elements, [['StartToChoice'], ['StartToChoice', 'ChoiceToTask']])
    expect(flows.find(({ id }) => id === 'StartToChoice')!.count).to.equal(2)
    expect(uncovered.find(({ id }) => id === 'JoinToEnd')!.text).to.equal('从“Join”到“End”')
  })
})
