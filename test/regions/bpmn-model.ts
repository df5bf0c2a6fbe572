import { readdirSync, readFileSync } from 'node:fs'
import { BpmnModdle } from 'bpmn-moddle'
import type { Region } from '../../core/region.ts'

/** An element as bpmn-moddle reads it: BPMN properties by name, what it does not know in `$attrs` and `$children`. */
export interface Element {
  readonly $type: string
  readonly $attrs?: Readonly<Record<string, string>>
  readonly $children?: readonly Element[]
  readonly $parent?: Element
  readonly $body?: string
  readonly id: string
  readonly name?: string
  readonly flowElements?: readonly Element[]
  readonly incoming?: readonly Element[]
  readonly outgoing?: readonly Element[]
  readonly [property: string]: unknown
}

/** One diagram with everything that its rules look at. */
export interface Model {
  readonly region: Region
  /** File name without ending: the slug of a matter, or `enrolment`. */
  readonly slug: string
  readonly xml: string
  readonly definitions: Element
  readonly warnings: readonly string[]
  readonly process: Element
  /** Every node and flow, also those inside of subprocesses. */
  readonly elements: readonly Element[]
  /** Ids of the decisions that lie in the same folder. */
  readonly decisions: readonly string[]
}

const root = new URL('../../', import.meta.url)
export const readFile = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const namesIn = (folder: string): string[] => readdirSync(new URL(folder, root)).sort()

export const regionsWithDiagrams = (): string[] =>
  namesIn('processes').filter(region => namesIn(`processes/${region}`).some(name => name.endsWith('.bpmn')))

/** All diagrams of a region's folder. */
export async function readDiagrams(region: string): Promise<Model[]> {
  const files = namesIn(`processes/${region}`).filter(name => name.endsWith('.bpmn'))
  return Promise.all(files.map(name => readDiagram(region, name.replace('.bpmn', ''), readFile(`processes/${region}/${name}`))))
}

/** A diagram from its text, as if it lay in the region's folder under that slug. */
export async function readDiagram(region: string, slug: string, xml: string): Promise<Model> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml)
  const definitions = rootElement as Element
  const process = (definitions.rootElements as Element[]).find(({ $type }) => $type === 'bpmn:Process')!
  const tables = namesIn(`processes/${region}`).filter(name => name.endsWith('.dmn')).map(name => readFile(`processes/${region}/${name}`))
  return {
    region: JSON.parse(readFile(`regions/${region}/region.json`)) as Region,
    slug, xml, definitions, process,
    warnings: warnings.map(({ message }) => message),
    elements: flowElements(process),
    decisions: tables.flatMap(table => [...table.matchAll(/<decision id="([^"]+)"/g)].map(([, id]) => id!))
  }
}

function flowElements(scope: Element): Element[] {
  return (scope.flowElements ?? []).flatMap(element => [element, ...flowElements(element)])
}

export const camunda = (element: Element, name: string): string | undefined => element.$attrs?.[`camunda:${name}`]

/** Elements of a name anywhere in the extension elements of a node, with their attributes as plain properties. */
export function extensions(element: Element, name: string): Element[] {
  const values = (element.extensionElements as { values?: Element[] } | undefined)?.values ?? []
  const inside = (one: Element): Element[] => [one, ...(one.$children ?? []).flatMap(inside)]
  return values.flatMap(inside).filter(({ $type }) => $type === `camunda:${name}`)
}

/** Value of an extension property, or of an input or output parameter. */
export function extension(element: Element, kind: 'property' | 'inputParameter' | 'outputParameter', name: string): string | undefined {
  const found = extensions(element, kind).find(one => one.name === name)
  return kind === 'property' ? found?.value as string | undefined : found?.$body
}

export const topics = ({ elements }: Model): string[] => [...new Set(elements.flatMap(element => camunda(element, 'topic') ?? []))]

/** Everything between `${` or `#{` and `}` in the whole file, entities decoded. */
export function expressions({ xml }: Model): string[] {
  return [...xml.matchAll(/[$#]\{[^}]*\}?/g)].map(([text]) => text
    .replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'))
}
