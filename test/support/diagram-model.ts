import { BpmnModdle } from 'bpmn-moddle'

/** A piece of a diagram as bpmn-moddle reads it. */
interface Piece {
  readonly $type: string
  readonly $attrs?: Readonly<Record<string, string>>
  readonly $children?: readonly Piece[]
  readonly $body?: string
  readonly $descriptor?: { readonly properties: readonly { readonly name: string; readonly isReference?: boolean }[] }
  readonly [property: string]: unknown
}

/**
 * Everything that a diagram says, line by line: each element with its place, each attribute, text, extension, shape, line and label.
 * No package for any vendor's names is read, so that nothing counts as known and nothing is left out.
 */
export async function linesOf(xml: string): Promise<string[]> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml)
  return [...warnings.map(({ message }) => `warning: ${message}`), ...linesIn(rootElement as Piece, '')]
}

/** What one diagram says and the other does not, each way; both empty when they are the same diagram. */
export async function differences(before: string, after: string): Promise<{ lost: string[]; added: string[] }> {
  const [old, now] = await Promise.all([linesOf(before), linesOf(after)])
  return { lost: old.filter(line => !now.includes(line)), added: now.filter(line => !old.includes(line)) }
}

function linesIn(piece: Piece, place: string): string[] {
  const here = `${place}/${piece.$type}${typeof piece.id === 'string' ? `#${piece.id}` : ''}`
  // moddle hides references from whoever lists the properties.
  const references = new Set((piece.$descriptor?.properties ?? []).filter(({ isReference }) => isReference).map(({ name }) => name.replace(/^\w+:/, '')))
  const said = [...new Set([...Object.keys(piece), ...references])]
    .filter(name => !/^(\$type|\$parent|di|xmlns(:.*)?)$/.test(name) && Object.hasOwn(piece, name) && piece[name] !== undefined)
  return [
    here,
    ...Object.entries(piece.$attrs ?? {}).filter(([name]) => !/^xmlns(:|$)/.test(name)).map(([name, value]) => `${here} @${name}=${value}`),
    ...said.flatMap(name => [piece[name]].flat().flatMap((value, index) => (isPiece(value) && !references.has(name)
      // What has an id is known by that: a modeller writes shapes in the order in which they lie upon each other.
      ? linesIn(value, `${here}.${name}[${'id' in value ? '' : index}]`)
      : [`${here} ${name}[${index}]=${isPiece(value) ? String(value.id) : String(value)}`])))
  ]
}

function isPiece(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && '$type' in value
}
