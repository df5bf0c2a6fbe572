import { BpmnModdle } from 'bpmn-moddle'
import type { Region } from '../../core/region.ts'
import type { Element } from './element.ts'
import { camunda, flowElements } from './element.ts'

/** What the rules know of the world around a model. */
export interface LintContext {
  readonly region: Region
  /** Key without the region: the slug of a matter, `enrolment`, or the name of a table. */
  readonly slug: string
  /** Ids of the decisions of the region. */
  readonly decisions: readonly string[]
  /** Keys of the processes of the region. */
  readonly processes: readonly string[]
  /** Groups that somebody of the staff belongs to, whatever the region calls its departments. */
  readonly groups: readonly string[]
  /** Topics that a handler works on. */
  readonly topics: readonly string[]
  /** Variables that a version of the model asks for: what else a condition asks must be set in the model itself. */
  readonly variables: readonly string[]
}

/** One diagram with everything that its rules look at. */
export interface Diagram extends LintContext {
  readonly xml: string
  readonly definitions: Element
  readonly warnings: readonly string[]
  readonly process: Element
  /** Every node and flow, also those inside of subprocesses. */
  readonly elements: readonly Element[]
}

/** What is wrong with which element. */
export interface Finding {
  readonly rule: string
  /** Id of the element; null when it is the file as a whole. */
  readonly element: string | null
  /** What is wrong and what to do, in Chinese, with the element's name. */
  readonly message: string
}

/** A rule of the house for diagrams; nothing when all is well. */
export type Rule = (diagram: Diagram) => Omit<Finding, 'rule'>[]

/** Reads a diagram from its text. Throws what bpmn-moddle says when it is no BPMN, and an Error when it has no process. */
export async function readDiagram(context: LintContext, xml: string): Promise<Diagram> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml)
  const definitions = rootElement as Element
  const process = ((definitions.rootElements ?? []) as Element[]).find(({ $type }) => $type === 'bpmn:Process')
  if (!process) throw new Error('the file holds no process')
  return {
    ...context, xml, definitions, process, warnings: warnings.map(({ message }) => message), elements: flowElements(process)
  }
}

/** How a message calls an element: by its name and, for who searches, its id. */
export function called({ name, id }: Element): string {
  return name ? `“${name}”（${id}）` : id
}

export const finding = (element: Element, message: string): Omit<Finding, 'rule'> => ({
  element: element.id, message: `${called(element)}：${message}`
})

/** The finding when something is wrong, else nothing. */
export const when = (isWrong: boolean, element: Element, message: string): Omit<Finding, 'rule'>[] =>
  (isWrong ? [finding(element, message)] : [])

export const topicsOf = ({ elements }: Pick<Diagram, 'elements'>): string[] => [...new Set(elements.flatMap(element => camunda(element, 'topic') ?? []))]

/** Everything between `${` or `#{` and `}` in the whole file, entities decoded. */
export function expressionsOf({ xml }: Pick<Diagram, 'xml'>): string[] {
  return [...xml.matchAll(/[$#]\{[^}]*\}?/g)].map(([text]) => text
    .replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'))
}
