import type { Rule } from '../diagram.ts'
import { finding, when } from '../diagram.ts'
import type { Element } from '../element.ts'
import { camunda, documentationOf, is, isFlow } from '../element.ts'

const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/StartEvent$/, 'StartEvent'], [/EndEvent$/, 'EndEvent'], [/BoundaryEvent$/, 'BoundaryEvent'], [/CallActivity$/, 'CallActivity'],
  [/SubProcess$/, 'SubProcess'], [/Gateway$/, 'Gateway'], [/SequenceFlow$/, 'SequenceFlow'], [/Task$/, 'Task'],
  [/Message$/, 'Message'], [/Error$/, 'Error']
]

/** Ours, and the one that every drawing tool of bpmn.io writes and offers no field for. */
const NAMESPACES: readonly unknown[] = ['https://yijianshi.example/bpmn', 'http://bpmn.io/schema/bpmn']

/** The process is the one of its key, runs, and keeps its history for ten years. */
export const identity: Rule = ({ region, slug, process, definitions, warnings }) => [
  ...warnings.map(text => finding(process, `文件读入时有问题：${text}`)),
  ...when(process.id !== `${region.slug}-${slug}`, process, `流程的标识须为 ${region.slug}-${slug}`),
  ...when(process.isExecutable !== true, process, '流程须设为可执行'),
  ...when(camunda(process, 'historyTimeToLive') !== 'P3650D', process, '历史须保存十年（historyTimeToLive 为 P3650D）'),
  ...when(!NAMESPACES.includes(definitions.targetNamespace), process, `目标命名空间须为 ${NAMESPACES.join(' 或 ')}`),
  ...(definitions.rootElements as Element[]).filter(({ $type, id }) => $type === 'bpmn:Process' && id !== process.id)
    .map(other => finding(other, '一个文件只能有一个流程'))
]

/** Ids tell by their beginning what an element is. */
export const ids: Rule = ({ elements, definitions }) => {
  const roots = (definitions.rootElements as Element[]).filter(({ $type }) => $type !== 'bpmn:Process')
  return [...elements, ...roots].flatMap(element => {
    const prefix = PREFIXES.find(([type]) => type.test(element.$type))?.[1]
    if (!prefix) return [finding(element, `不使用 ${element.$type.replace('bpmn:', '')} 这种元素`)]
    return when(!new RegExp(`^${prefix}_[A-Z][A-Za-z0-9]*$`).test(element.id), element, `标识须以 ${prefix}_ 开头，后接大写字母开头的英文名`)
  })
}

/** Names are what clerks, supervisors and screen readers get; a flow needs one where there is a choice. */
export const names: Rule = ({ elements, process }) => [process, ...elements].flatMap(element => {
  const isChoice = element.conditionExpression !== undefined || (element.sourceRef as Element | undefined)?.default === element
  const needsName = !isFlow(element) || isChoice
  return [
    ...when(needsName && !/\p{Script=Han}/u.test(element.name ?? ''), element, '没有中文名称，请填写'),
    ...when(/<[a-z/!]|javascript:|&[a-z#0-9]+;/i.test(`${element.name ?? ''} ${documentationOf(element)}`), element, '名称或说明中含有 HTML，请只写文字')
  ]
})

/** Every step that acts or decides says which clause it rests on. */
export const clauses: Rule = ({ elements, process }) => [process, ...elements.filter(is('UserTask', 'BusinessRuleTask', 'ServiceTask', 'CallActivity'))]
  .flatMap(element => {
    const text = documentationOf(element)
    const needsClause = is('Process', 'UserTask', 'CallActivity')(element) || !/^common\./.test(camunda(element, 'topic') ?? 'common.')
    return when(text === '' || (needsClause && !/办事指南|申请表|实施方案|工作方案|附件\d/.test(text)), element, '没有写明依据的条款，请在说明中写上，如“办事指南七（二）”')
  })
