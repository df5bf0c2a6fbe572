import { Linter } from 'bpmnlint'
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js'
import type { Diagram, Finding } from './diagram.ts'
import { called } from './diagram.ts'

/** What the rules that bpmnlint recommends say, in our words. */
const MESSAGES: Readonly<Record<string, string>> = {
  'ad-hoc-sub-process': '特别子流程不能有开始和结束事件',
  'conditional-flows': '从这里分出的流向有的缺少条件',
  'end-event-required': '缺少结束事件',
  'event-based-gateway': '事件网关至少要有两个流向，且不带条件',
  'event-sub-process-typed-start-event': '事件子流程的开始事件须写明由什么触发',
  'fake-join': '有多个流入却不是网关，请先用网关合并',
  global: '有没有用到的或重复的全局定义',
  'link-event': '链接事件没有成对',
  'no-bpmndi': '没有画在图上',
  'no-complex-gateway': '不使用复杂网关',
  'no-disconnected': '没有与流程相连',
  'no-duplicate-sequence-flows': '有重复的流向',
  'no-gateway-join-fork': '网关不能既合并又分开，请分成两个',
  'no-implicit-end': '没有后续，请接到结束事件',
  'no-implicit-split': '不能直接分出多个流向，请用网关',
  'no-implicit-start': '没有流入，请从开始事件接来',
  'no-inclusive-gateway': '不使用相容网关',
  'no-overlapping-elements': '与别的图形重叠，请移开',
  'single-blank-start-event': '只能有一个普通开始事件',
  'single-event-definition': '事件只能有一个触发方式',
  'start-event-required': '缺少开始事件',
  'sub-process-blank-start-event': '子流程的开始事件须是普通开始事件',
  'superfluous-gateway': '网关只有一进一出，请删去',
  'superfluous-label': '这里不必写名称',
  'superfluous-termination': '这里不必用终止事件'
}

/** Our own `names` asks for every name that this one asks for: nobody is to read the same twice. */
const OURS = { 'label-required': 'off' }

/** The linter's recommended set; the umbrella alone may fork inclusively (any selection of matters). */
export async function commonFindings({ slug, definitions, process, elements }: Diagram): Promise<Finding[]> {
  // Some of its rules remember what they saw, so each diagram gets a linter of its own.
  const linter = new Linter({ config: { extends: 'bpmnlint:recommended', rules: OURS }, resolver: new NodeResolver() })
  const report = await linter.lint(definitions)
  return Object.entries(report).filter(([rule]) => !(slug === 'enrolment' && rule === 'no-inclusive-gateway'))
    .flatMap(([rule, findings]) => findings.map(({ id, message }) => {
      const element = [process, ...elements].find(one => one.id === id)
      return { rule, element: id, message: `${element ? called(element) : id}：${MESSAGES[rule] ?? message}` }
    }))
}
