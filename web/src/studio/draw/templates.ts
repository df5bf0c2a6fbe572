import type { paths } from '../../shared/api.generated.ts'

export type Choices = paths['/drafts/{draft}/choices']['get']['responses']['200']['content']['application/json']

const choicesOf = (all: Choices['groups']) => [{ name: '（未选）', value: '' }, ...all.map(({ value, label }) => ({ name: label, value }))]
const attribute = (name: string) => ({ type: 'property', name })
const property = (name: string) => ({ type: 'camunda:property', name })
const kind = (value: string) => ({ type: 'Hidden', value, binding: property('kind') })
const external = { type: 'Hidden', value: 'external', binding: attribute('camunda:type') }

/** The steps of the house as element templates: what they ask is what docs/lint asks of them. */
export function templates({ groups, topics, decisions, processes }: Choices): object[] {
  const group = { label: '办理的部门组', type: 'Dropdown', choices: choicesOf(groups), binding: attribute('camunda:candidateGroups') }
  const decisionsOf = (value: string) => ({
    label: '可作出的意见', description: '写成“approve=通过,reject=不通过”的样子', type: 'String', value, binding: property('decisions')
  })
  const due = {
    label: '办理时限', description: '时限由法定时钟给出，到期即亮黄牌', type: 'Dropdown',
    choices: [{ name: '（未选）', value: '' }, { name: '承诺时限', value: '${promisedAt}' }], value: '${promisedAt}', binding: attribute('camunda:dueDate')
  }
  const step = (id: string, name: string, description: string, topic: object) => ({
    id: `studio-${id}`, name, description, appliesTo: ['bpmn:Task', 'bpmn:ServiceTask'], elementType: { value: 'bpmn:ServiceTask' },
    properties: [external, { binding: attribute('camunda:topic'), ...topic }]
  })
  return [
    {
      id: 'studio-review', name: '审核任务', description: '由部门组的工作人员办理，在承诺时限内作出意见。',
      appliesTo: ['bpmn:Task', 'bpmn:UserTask'], elementType: { value: 'bpmn:UserTask' },
      properties: [group, due, decisionsOf('approve=通过,reject=不通过,correct=补正'), kind('review')]
    },
    {
      id: 'studio-pickup', name: '窗口发放', description: '由综合窗口把结果交给申请人。', appliesTo: ['bpmn:Task', 'bpmn:UserTask'],
      elementType: { value: 'bpmn:UserTask' }, properties: [group, decisionsOf('done=已发放'), kind('pickup')]
    },
    step('department', '部门调用', '向部门系统核验或登记。部门暂时不可用时办件程序自动重试，用尽后列入“异常”，同一件不会重复登记。', {
      label: '部门和主题', type: 'Dropdown', choices: choicesOf(topics)
    }),
    step('correction', '开出补正', '一次性告知要补正的内容，等待期间不计时。', { type: 'Hidden', value: 'common.open-correction' }),
    step('resume', '补正后继续', '收到补正后恢复计时。', { type: 'Hidden', value: 'common.resume-item' }),
    {
      id: 'studio-decision', name: '规则判定', description: '按规则表判定。', appliesTo: ['bpmn:Task', 'bpmn:BusinessRuleTask'],
      elementType: { value: 'bpmn:BusinessRuleTask' },
      properties: [{ label: '规则表', type: 'Dropdown', choices: choicesOf(decisions), binding: attribute('camunda:decisionRef') }]
    },
    {
      id: 'studio-call', name: '调用流程', description: '办理另一个流程。', appliesTo: ['bpmn:CallActivity'],
      properties: [{ label: '流程', type: 'Dropdown', choices: choicesOf(processes), binding: attribute('calledElement') }]
    }
  ]
}
