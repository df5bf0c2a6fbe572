import type { Element } from './element.ts'

const KINDS: Readonly<Record<string, string>> = {
  Process: '流程', StartEvent: '开始', EndEvent: '结束', BoundaryEvent: '边界事件', IntermediateCatchEvent: '等待事件', UserTask: '人工任务',
  ServiceTask: '自动步骤', BusinessRuleTask: '规则判定', ReceiveTask: '等待消息', CallActivity: '调用流程', SubProcess: '子流程',
  ExclusiveGateway: '判断', ParallelGateway: '并行', InclusiveGateway: '多选', EventBasedGateway: '等待先到者', SequenceFlow: '流向',
  Error: '错误', Message: '消息'
}

/** What an element is, in Chinese. */
export function kindOf({ $type }: Pick<Element, '$type'>): string {
  const type = $type.replace('bpmn:', '')
  return KINDS[type] ?? type
}
