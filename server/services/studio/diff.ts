import { BpmnModdle } from 'bpmn-moddle'
import type { DefinitionKind } from '../../engine/gateway-deployments.ts'
import { called } from '../../lint/diagram.ts'
import { readTable } from '../../lint/dmn-table.ts'
import type { DmnTable, TableRule } from '../../lint/dmn-table.ts'
import type { Element } from '../../lint/element.ts'
import { flowElements } from '../../lint/element.ts'
import { kindOf } from '../../lint/labels.ts'

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  /** Id of the element or of the rule. */
  readonly element: string
  readonly text: string
}

/** What differs between two models, in Chinese and by element; `moved` is what is only drawn elsewhere. */
export async function diffModels(kind: DefinitionKind, before: string, after: string): Promise<Change[]> {
  return kind === 'decision' ? diffTables(readTable(before), readTable(after)) : diffDiagrams(await read(before), await read(after))
}

interface Entry {
  readonly element: Element
  readonly facts: ReadonlyMap<string, string>
  readonly drawing: string
}

const LABELS: Readonly<Record<string, string>> = {
  name: '名称', documentation: '说明', conditionExpression: '条件', extensionElements: '扩展属性', sourceRef: '起点', targetRef: '终点',
  default: '默认流向', attachedToRef: '所附的元素', cancelActivity: '是否中断', calledElement: '调用的流程', eventDefinitions: '事件',
  'camunda:candidateGroups': '候选组', 'camunda:dueDate': '到期日', 'camunda:topic': '主题', 'camunda:decisionRef': '规则表', errorCode: '错误码'
}
const OWN_ENTRY = new Set(['id', 'flowElements', 'incoming', 'outgoing', 'di', 'isMarkerVisible'])
const REFERENCES = new Set(['sourceRef', 'targetRef', 'default', 'attachedToRef', 'errorRef', 'messageRef', 'signalRef'])

async function read(xml: string): Promise<Map<string, Entry>> {
  const { rootElement } = await new BpmnModdle().fromXML(xml)
  const definitions = rootElement as Element
  const planes = (definitions.diagrams ?? []) as { plane?: { planeElement?: Element[] } }[]
  const drawn = new Map(planes.flatMap(({ plane }) => plane?.planeElement ?? []).map(({ bpmnElement, bounds, waypoint }) =>
    [(bpmnElement as Element | undefined)?.id, stable({ bounds, waypoint })]))
  const roots = definitions.rootElements as Element[]
  return new Map([...roots, ...roots.flatMap(flowElements)].map(element => [element.id, {
    element, facts: factsOf(element), drawing: drawn.get(element.id) ?? ''
  }]))
}

function factsOf(element: Element): Map<string, string> {
  const attributes = Object.entries(element.$attrs ?? {})
  const properties = Object.keys(element).filter(key => !key.startsWith('$') && !OWN_ENTRY.has(key)).map(key => [key, element[key]] as const)
  return new Map([['$type', element.$type], ...[...properties, ...attributes].map(([key, value]): [string, string] => [key, factOf(key, value)])])
}

function factOf(key: string, value: unknown): string {
  if (REFERENCES.has(key)) return (value as Element).id
  if (key === 'documentation') return (value as { text?: string }[]).map(({ text }) => text ?? '').join('')
  if (key === 'conditionExpression') return (value as { body?: string }).body ?? ''
  return typeof value === 'string' ? value : stable(value)
}

function stable(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (REFERENCES.has(key) && inner ? (inner as Element).id : inner)) ?? ''
}

function diffDiagrams(before: ReadonlyMap<string, Entry>, after: ReadonlyMap<string, Entry>): Change[] {
  const describe = ({ element }: Entry): string => `${kindOf(element)}${called(element)}`
  const gone = [...before].filter(([id]) => !after.has(id)).map(([id, entry]): Change => ({ kind: 'removed', element: id, text: `删去 ${describe(entry)}` }))
  const others = [...after].flatMap(([id, entry]): Change[] => {
    const old = before.get(id)
    if (!old) return [{ kind: 'added', element: id, text: `新增 ${describe(entry)}` }]
    const changes = differing(old.facts, entry.facts)
    if (changes.length > 0) return [{ kind: 'changed', element: id, text: `修改 ${describe(entry)}：${changes.join('；')}` }]
    return old.drawing === entry.drawing ? [] : [{ kind: 'moved', element: id, text: `移动 ${describe(entry)}` }]
  })
  return [...gone, ...others]
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(key => before.get(key) !== after.get(key)).map(key => {
    const [from, to] = [before.get(key) ?? '空', after.get(key) ?? '空']
    const label = LABELS[key] ?? key
    return from.length + to.length > 160 ? `${label}有改动` : `${label}由“${from}”改为“${to}”`
  })
}

function diffTables(before: DmnTable, after: DmnTable): Change[] {
  const describe = ({ id, description }: TableRule): string => `规则“${description}”（${id}）`
  const rules = new Map(before.rules.map(rule => [rule.id, rule]))
  const kept = new Set(after.rules.map(({ id }) => id))
  // A column that is gone is a change as well.
  const named = [before, after].flatMap(({ inputs, outputs }) => [...inputs, ...outputs])
  const columns = [...new Map(named.map(column => [column.name, column])).values()]
  return [
    ...before.rules.filter(({ id }) => !kept.has(id)).map((rule): Change => ({ kind: 'removed', element: rule.id, text: `删去 ${describe(rule)}` })),
    ...after.rules.flatMap((rule): Change[] => {
      const old = rules.get(rule.id)
      if (!old) return [{ kind: 'added', element: rule.id, text: `新增 ${describe(rule)}` }]
      const cells = columns.map(({ name, label }) => ({ label, from: old.when[name] ?? old.then[name] ?? '', to: rule.when[name] ?? rule.then[name] ?? '' }))
      const changes = [...cells, { label: '说明', from: old.description, to: rule.description }].filter(({ from, to }) => from !== to)
        .map(({ label, from, to }) => `${label}由“${from}”改为“${to}”`)
      return changes.length > 0 ? [{ kind: 'changed', element: rule.id, text: `修改 ${describe(rule)}：${changes.join('；')}` }] : []
    }),
    ...(before.hitPolicy === after.hitPolicy ? [] : [{ kind: 'changed' as const, element: after.id, text: `命中方式由 ${before.hitPolicy} 改为 ${after.hitPolicy}` }])
  ]
}
