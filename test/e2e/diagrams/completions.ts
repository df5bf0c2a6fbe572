import type { Completion } from '../../support/complete-diagram.ts'

const conclude = (id: string, result: string): Completion => ({
  id, attributes: { 'camunda:type': 'external', 'camunda:topic': 'common.conclude-item' }, inputs: { result },
  documentation: '符合条件的在承诺时限内办结；不符合条件的说明原因：办事指南七（二）。'
})
const step = (id: string, topic: string, documentation: string): Completion => (
  { id, attributes: { 'camunda:type': 'external', 'camunda:topic': topic }, documentation })

/** What was left open in the Camunda Modeler: the group, and three names that it had made up. */
export const OF_CAMUNDA_MODELER: Readonly<Record<string, Completion>> = {
  Activity_1k0x3mv: { id: 'Task_VillageReview', attributes: { 'camunda:candidateGroups': 'hrss' } },
  Event_0q9zt1p: { id: 'EndEvent_Rejected' },
  Flow_0ab12cd: { id: 'SequenceFlow_VerifyToReview' }
}

/** What bpmn-js alone has no field for: everything of the engine, ids, descriptions, timers and conditions. */
export const OF_BPMN_JS: Readonly<Record<string, Completion>> = {
  Process_0kx3n1c: {
    id: 'guangxi-resident-pension', attributes: { 'name': '城乡居民基本养老保险参保登记', 'isExecutable': true, 'camunda:historyTimeToLive': 'P3650D' },
    documentation: '居民养老参保登记：办事指南四（一）3（2）。'
  },
  Event_0mf3k2p: { id: 'StartEvent_ItemAccepted' },
  Activity_0f9d1ao: step('Task_OpenItem', 'common.open-item', '确定预警、承诺、红牌三个时点：办事指南六（二）。'),
  Activity_1n2vx0q: { id: 'SubProcess_Handle' },
  Event_1b7rz4e: { id: 'StartEvent_Handle' },
  Activity_06pq8ht: step('Task_Verify', 'guangxi.resident-pension.verify', '广西户籍、年满16周岁、非在校学生：办事指南四（一）3（2）。'),
  Activity_0wk5j7c: {
    id: 'Task_VillageReview', attributes: { 'camunda:candidateGroups': 'hrss', 'camunda:dueDate': '${promisedAt}' },
    properties: { kind: 'review', decisions: 'approve=属实,reject=不属实' }, documentation: '由村（社区）核对居住情况：办事指南七（二）。'
  },
  Gateway_1x0lu3d: { id: 'Gateway_Decision', default: 'Flow_1m4gv2a' },
  Activity_0s4yh9v: conclude('Task_ConcludeApproved', 'approved'),
  Event_0c2jd6n: { id: 'EndEvent_Approved' },
  Activity_1ht8e5g: conclude('Task_ConcludeRejected', 'rejected'),
  Event_19vbk0w: { id: 'EndEvent_Rejected' },
  Event_0lq7s3m: { id: 'BoundaryEvent_SlaWarn', timeDate: '${warnAt}' }, Event_1p5tn8a: { id: 'EndEvent_SlaWarn' },
  Event_0zd4w1f: { id: 'BoundaryEvent_SlaPromised', timeDate: '${promisedAt}' }, Event_1ej9u6c: { id: 'EndEvent_SlaPromised' },
  Event_08kyr2x: { id: 'BoundaryEvent_SlaRed', timeDate: '${redAt}' }, Event_1wf0m7b: { id: 'EndEvent_SlaRed' },
  Event_0n6vp5i: { id: 'EndEvent_Decided' },
  Flow_1s0nq4k: { id: 'SequenceFlow_ItemAcceptedToOpenItem' }, Flow_0v8m2xd: { id: 'SequenceFlow_OpenItemToHandle' },
  Flow_1c5jw7t: { id: 'SequenceFlow_HandleToVerify' }, Flow_0h3zr9p: { id: 'SequenceFlow_VerifyToReview' },
  Flow_1y6kb0e: { id: 'SequenceFlow_ReviewToDecision' },
  Flow_0d1uf8s: { id: 'SequenceFlow_DecisionToApproved', condition: '${decision == \'approve\'}' },
  Flow_1m4gv2a: { id: 'SequenceFlow_DecisionToRejected' }, Flow_0t7xc5n: { id: 'SequenceFlow_ConcludedToApproved' },
  Flow_1q9eh3w: { id: 'SequenceFlow_ConcludedToRejected' }, Flow_0k2pj6y: { id: 'SequenceFlow_SlaWarnToSlaWarn' },
  Flow_1a8ws1l: { id: 'SequenceFlow_SlaPromisedToSlaPromised' }, Flow_0r5dz0i: { id: 'SequenceFlow_SlaRedToSlaRed' },
  Flow_1g3tb7m: { id: 'SequenceFlow_HandleToDecided' }
}
