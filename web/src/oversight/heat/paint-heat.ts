import type NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import type { Measure } from './measures.ts'
import type { Activity } from './use-heat.ts'

/** What is used of the services of the viewer. */
export interface Canvas {
  zoom(): number
  zoom(level: number | 'fit-viewport', center?: 'auto'): number
  getLayer(name: string, index: number): SVGElement
}

interface Overlays {
  add(element: string, type: string, overlay: { position: { bottom: number; right: number }; html: HTMLElement }): void
  remove(filter: { type: string }): void
}

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Elements {
  get(id: string): Bounds & { waypoints?: unknown; children?: readonly unknown[] } | undefined
}

const TYPE = 'heat'
const SVG = 'http://www.w3.org/2000/svg'
/** How far the glow goes beyond its element, in units of the diagram. */
const GLOW = 10

/** Lays a glow over each element and a number beside it, over what is filled white; what was there before goes. */
export function paintHeat(viewer: NavigatedViewer, activities: readonly Activity[], measure: Measure): void {
  const elements = viewer.get<Elements>('elementRegistry')
  const overlays = viewer.get<Overlays>('overlays')
  const layer = viewer.get<Canvas>('canvas').getLayer(TYPE, 1)
  overlays.remove({ type: TYPE })
  layer.replaceChildren()
  const shown = activities.flatMap(activity => {
    const shape = elements.get(activity.activityId)
    const value = measure.valueOf(activity)
    return shape && !shape.waypoints && value !== null && value > 0 ? [{ activity, shape, value }] : []
  })
  const most = Math.max(...shown.map(({ value }) => value))
  for (const { activity, shape, value } of shown) {
    // What encloses others would colour them, too.
    if (!shape.children?.length) layer.append(glow(shape, value / most))
    overlays.add(activity.activityId, TYPE, { position: { bottom: 8, right: 12 }, html: badge(measure.textOf(activity)) })
  }
}

function glow({ x, y, width, height }: Bounds, share: number): SVGElement {
  const rect = document.createElementNS(SVG, 'rect')
  const at = { x: x - GLOW, y: y - GLOW, width: width + 2 * GLOW, height: height + 2 * GLOW, rx: GLOW, 'fill-opacity': 0.08 + 0.37 * share }
  for (const [name, value] of Object.entries(at)) rect.setAttribute(name, String(value))
  rect.setAttribute('class', 'heat-glow')
  return rect
}

function badge(text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'heat-badge'
  element.textContent = text
  return element
}
