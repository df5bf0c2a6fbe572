import type { ScratchPassage } from '../../../engine/gateway-scratch.ts'
import type { Element } from '../../../lint/element.ts'
import { is, isFlow } from '../../../lint/element.ts'

const SPLITS = is('ParallelGateway', 'InclusiveGateway')

interface Visit {
  readonly element: Element
  readonly taken: Set<string>
}

/**
 * The sequence flows that one instance took, found from the order of its passages: each passage came by a flow from the latest
 * earlier one that had not gone on yet; only parallel and inclusive gateways go on more than once.
 */
export function flowsTaken(elements: ReadonlyMap<string, Element>, passages: readonly Pick<ScratchPassage, 'activityId'>[]): string[] {
  const visits: Visit[] = []
  for (const { activityId } of passages) {
    const element = elements.get(activityId)
    if (!element) continue // a scope of the engine's own, such as the body of a subprocess
    const flows = element.incoming ?? []
    const isJoin = SPLITS(element) && flows.length > 1
    for (const flow of isJoin ? flows : [undefined]) take(visits, flow ? [flow] : flows)
    visits.push({ element, taken: new Set() })
  }
  return [...new Set(visits.flatMap(({ taken }) => [...taken]))]
}

function take(visits: readonly Visit[], flows: readonly Element[]): void {
  for (const visit of visits.toReversed()) {
    const flow = flows.find(({ sourceRef }) => (sourceRef as Element).id === visit.element.id)
    if (!flow || visit.taken.has(flow.id) || (!SPLITS(visit.element) && visit.taken.size > 0)) continue
    visit.taken.add(flow.id)
    return
  }
}

/** How often each flow was taken, and which never were. */
export function coverageOf(elements: ReadonlyMap<string, Element>, taken: readonly (readonly string[])[]) {
  const counts = new Map<string, number>()
  for (const id of taken.flat()) counts.set(id, (counts.get(id) ?? 0) + 1)
  const flows = [...elements.values()].filter(isFlow)
  return {
    flows: flows.map(({ id }) => ({ id, count: counts.get(id) ?? 0 })),
    uncovered: flows.filter(({ id }) => !counts.has(id)).map(flow => ({ id: flow.id, text: wordsOf(flow) }))
  }
}

function wordsOf({ name, sourceRef, targetRef }: Element): string {
  const called = (element: unknown): string => (element as Element).name ?? (element as Element).id
  return `从“${called(sourceRef)}”到“${called(targetRef)}”${name ? `（${name}）` : ''}`
}
