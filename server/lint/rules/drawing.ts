import type { Diagram, Rule } from '../diagram.ts'
import { called, finding, when } from '../diagram.ts'
import type { Element } from '../element.ts'
import { isFlow } from '../element.ts'

interface Point { readonly x: number; readonly y: number }
interface Bounds extends Point { readonly width: number; readonly height: number }
interface Drawn {
  readonly bpmnElement?: Element
  readonly bounds?: Bounds
  readonly label?: { readonly bounds?: Bounds }
  readonly isExpanded?: boolean
  readonly waypoint?: readonly Point[]
}

function drawnIn({ definitions }: Diagram): (Drawn & { readonly bpmnElement: Element })[] {
  const [first] = (definitions.diagrams ?? []) as { plane?: { planeElement?: Drawn[] } }[]
  return (first?.plane?.planeElement ?? []).flatMap(one => {
    // moddle defines its properties on the prototype, so they are read one by one.
    const { bpmnElement, bounds, label, isExpanded, waypoint } = one
    return bpmnElement ? [{ bpmnElement, bounds, label, isExpanded, waypoint }] : []
  })
}

/** Every element is drawn, and every flow from its source to its target. */
export const drawing: Rule = diagram => {
  const drawn = new Map(drawnIn(diagram).map(one => [one.bpmnElement.id, one]))
  const touches = (node: Element | undefined, point: Point | undefined): boolean => {
    const box = node && drawn.get(node.id)?.bounds
    return Boolean(box && point && Math.abs(point.x - box.x - box.width / 2) <= box.width / 2 + 1
      && Math.abs(point.y - box.y - box.height / 2) <= box.height / 2 + 1)
  }
  return diagram.elements.flatMap(element => {
    const { bounds, waypoint } = drawn.get(element.id) ?? {}
    if (!isFlow(element)) return when(!bounds, element, '没有画在图上，请补上图形')
    const [source, target] = [element.sourceRef as Element, element.targetRef as Element]
    const isJoined = touches(source, waypoint?.[0]) && touches(target, waypoint?.at(-1))
    return when(!isJoined, element, '连线没有从起点画到终点，请重新连接')
  })
}

/** Words that lie on other words or on a box cannot be read. */
export const labels: Rule = diagram => {
  const all = drawnIn(diagram)
  const placed = all.flatMap(({ bpmnElement, label }) => (label?.bounds ? [{ bpmnElement, bounds: label.bounds }] : []))
  const boxes = all.flatMap(({ bpmnElement, bounds, isExpanded }) => (bounds && !isExpanded ? [{ bpmnElement, bounds }] : []))
  return placed.flatMap(({ bpmnElement, bounds }, index) => [...boxes, ...placed.slice(index + 1)]
    .filter(other => other.bpmnElement.id !== bpmnElement.id && overlap(bounds, other.bounds))
    .map(other => finding(bpmnElement, `文字压在${called(other.bpmnElement)}上，请移开`)))
}

function overlap(one: Bounds, other: Bounds): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height
}
