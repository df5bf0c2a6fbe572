import { XMLParser } from 'fast-xml-parser'

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Shape extends Bounds {
  readonly id: string
  /** Name of the BPMN element without prefix: userTask, exclusiveGateway, subProcess, endEvent … */
  readonly type: string
  readonly name: string
  readonly isExpanded: boolean
  /** Where its name stands when not inside; null = below. */
  readonly label: Bounds | null
}

export interface Edge {
  readonly name: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: Bounds | null
}

export interface Layout {
  readonly shapes: readonly Shape[]
  readonly edges: readonly Edge[]
}

type Node = Readonly<Record<string, unknown>>

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false })

/** The drawing that a BPMN file brings along: every shape and edge with its place, in the order of the file. */
export function layoutOf(bpmn: string): Layout {
  const { definitions } = parser.parse(bpmn) as { definitions: Node }
  const elements = new Map([...elementsIn(definitions)].map(element => [element.id, element]))
  const plane = (one(definitions.BPMNDiagram)?.BPMNPlane ?? {}) as Node
  const shapes = many(plane.BPMNShape).flatMap((shape): Shape[] => {
    const element = elements.get(String(shape['@bpmnElement']))
    if (!element) return []
    const { id, type, name } = element
    return [{ id, type, name, isExpanded: shape['@isExpanded'] === 'true', ...boundsOf(shape)!, label: labelOf(shape) }]
  })
  const edges = many(plane.BPMNEdge).map(edge => ({
    name: elements.get(String(edge['@bpmnElement']))?.name ?? '',
    points: many(edge.waypoint).map(point => ({ x: Number(point['@x']), y: Number(point['@y']) })),
    label: labelOf(edge)
  }))
  return { shapes, edges }
}

function* elementsIn(node: Node): Generator<{ id: string; type: string; name: string }> {
  for (const [type, value] of Object.entries(node)) {
    if (type === 'BPMNDiagram') continue
    for (const child of many(value)) {
      if (child['@id'] !== undefined) yield { id: String(child['@id']), type, name: String(child['@name'] ?? '') }
      yield* elementsIn(child)
    }
  }
}

function labelOf(shape: Node): Bounds | null {
  const label = one(shape.BPMNLabel)
  return label === undefined ? null : boundsOf(label)
}

function boundsOf(node: Node): Bounds | null {
  const bounds = one(node.Bounds)
  if (!bounds) return null
  const of = (side: string): number => Number(bounds[`@${side}`])
  return { x: of('x'), y: of('y'), width: of('width'), height: of('height') }
}

/** The parser gives an only child alone and several as a list; text is no element. */
function many(value: unknown): Node[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is Node => typeof each === 'object' && each !== null)
}

const one = (value: unknown): Node | undefined => many(value)[0]
