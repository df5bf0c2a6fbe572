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

export const is = (...types: string[]) => ({ $type }: Element): boolean => types.includes($type.replace('bpmn:', ''))

export const isFlow = is('SequenceFlow')

/** Every node and flow of a process, also those inside of subprocesses. */
export function flowElements(scope: Element): Element[] {
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

export function documentationOf(element: Element): string {
  return ((element.documentation ?? []) as { text?: string }[]).map(({ text }) => text ?? '').join('').trim()
}

export const eventDefinitions = (element: Element): Element[] => (element.eventDefinitions ?? []) as Element[]

/** The error that an event throws or catches. */
export function errorOf(element: Element): Element | undefined {
  return eventDefinitions(element).find(is('ErrorEventDefinition'))?.errorRef as Element | undefined
}
