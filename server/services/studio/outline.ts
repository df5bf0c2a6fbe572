import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { Element } from '../../lint/element.ts'
import { camunda, documentationOf, errorOf, eventDefinitions, extension, is, isFlow } from '../../lint/element.ts'
import { kindOf } from '../../lint/labels.ts'
import { inForce, xmlOf } from './drafts.ts'
import { readProcess } from './process-of.ts'

export interface OutlineLine {
  /** Place in the outline, e.g. 4.2. */
  readonly number: string
  readonly element: string
  readonly text: string
  /** Clauses of the notice that the element names. */
  readonly clauses: readonly string[]
}

const CLAUSE = /(?:办事指南|申请表|实施方案|工作方案|附件\d)[^。；;，,：:、”]*/g

/** The outline of one version of a process of the reader's region. */
export async function outlineOf(ctx: ServerContext, actor: Actor, key: string, version: number) {
  const { kind } = await inForce(ctx, actor, key)
  const lines = kind === 'process' ? await outline(await xmlOf(ctx, kind, key, version)) : []
  const clauses = [...new Set(lines.flatMap(line => line.clauses))].sort()
  const elementsOf = (clause: string): string[] => lines.filter(line => line.clauses.includes(clause)).map(line => line.element)
  return { lines, clauses: clauses.map(clause => ({ clause, elements: elementsOf(clause) })) }
}

/** A diagram as numbered plain Chinese: each step, who does it, what may follow and on which clause it rests. */
export async function outline(xml: string): Promise<OutlineLine[]> {
  const process = await readProcess(xml)
  const numbers = new Map<string, string>()
  numberIn(process, '', numbers)
  return inOrder(process).map(element => ({
    number: numbers.get(element.id)!, element: element.id, text: sentence(element, numbers),
    clauses: [...new Set([...documentationOf(element).matchAll(CLAUSE)].map(([clause]) => clause))]
  }))
}

/** Nodes of a scope as the tokens meet them, each subprocess followed by what is in it. */
function inOrder(scope: Element): Element[] {
  return nodesOf(scope).flatMap(node => [node, ...inOrder(node)])
}

function nodesOf(scope: Element): Element[] {
  const all = (scope.flowElements ?? []).filter(element => !isFlow(element))
  const seen = new Set<Element>()
  const visit = (node: Element): void => {
    if (seen.has(node)) return
    seen.add(node)
    const attached = all.filter(({ attachedToRef }) => attachedToRef === node)
    for (const event of attached) seen.add(event)
    for (const { targetRef } of [node, ...attached].flatMap(({ outgoing }) => outgoing ?? [])) visit(targetRef as Element)
  }
  for (const start of all.filter(is('StartEvent'))) visit(start)
  for (const rest of all) visit(rest)
  return [...seen]
}

function numberIn(scope: Element, prefix: string, numbers: Map<string, string>): void {
  nodesOf(scope).forEach((node, index) => {
    numbers.set(node.id, `${prefix}${index + 1}`)
    numberIn(node, `${prefix}${index + 1}.`, numbers)
  })
}

function sentence(element: Element, numbers: ReadonlyMap<string, string>): string {
  return [`${kindOf(element)}“${element.name ?? element.id}”`, detail(element), documentationOf(element).replace(/。$/, ''), next(element, numbers)]
    .filter(Boolean).join('。') + '。'
}

function detail(element: Element): string {
  const host = element.attachedToRef as Element | undefined
  if (host) return `附在“${host.name ?? host.id}”上，${waitsFor(element)}，${element.cancelActivity === false ? '不中断办理' : '中断办理'}`
  if (is('UserTask')(element)) {
    const decisions = (extension(element, 'property', 'decisions') ?? '').split(',').map(one => one.split('=')[1]).filter(Boolean)
    return [`由 ${camunda(element, 'candidateGroups') ?? '（未指定）'} 组办理`, camunda(element, 'dueDate') && `到期日 ${camunda(element, 'dueDate')}`,
      decisions.length > 0 && `可作出的意见：${decisions.join('、')}`].filter(Boolean).join('，')
  }
  if (is('ServiceTask')(element)) return `由系统办理（${camunda(element, 'topic') ?? ''}）`
  if (is('BusinessRuleTask')(element)) return `按规则表 ${camunda(element, 'decisionRef') ?? ''} 判定`
  if (is('CallActivity')(element)) return `调用流程 ${String(element.calledElement)}`
  return eventDefinitions(element).length > 0 ? waitsFor(element) : ''
}

function waitsFor(element: Element): string {
  const [definition] = eventDefinitions(element)
  if (!definition) return ''
  if (is('TimerEventDefinition')(definition)) return `到 ${(definition.timeDate as { body?: string } | undefined)?.body ?? ''} 时触发`
  if (is('MessageEventDefinition')(definition)) return `收到消息“${(definition.messageRef as Element | undefined)?.name ?? ''}”时触发`
  const code = errorOf(element)?.errorCode
  return is('ErrorEventDefinition')(definition) ? `${is('EndEvent')(element) ? '抛出' : '接住'}错误 ${String(code ?? '')}` : ''
}

function next(element: Element, numbers: ReadonlyMap<string, string>): string {
  const flows = element.outgoing ?? []
  if (flows.length === 0) return is('EndEvent')(element) ? '到此为止' : ''
  return flows.map(flow => {
    const target = flow.targetRef as Element
    const where = `转第 ${numbers.get(target.id) ?? '?'} 步“${target.name ?? target.id}”`
    return flow.name ? `${flow.name}的，${where}` : where
  }).join('；')
}
