import { escapeHtml } from '../../http/page.ts'
import { textWidth } from '../papers/cells.ts'
import { FONT } from '../papers/fonts.ts'
import { layoutOf } from './layout.ts'
import type { Bounds, Edge, Layout, Shape } from './layout.ts'

const SIZE = 12
const LINE = 15
const MARGIN = 20
const INK = '#1b1f27'
/** Tasks of people are told from those of machines also without colours: by a line at the side. */
const PERSON = '#0b4ea2'

/**
 * The diagram of a BPMN file as SVG, drawn where the file's own layout puts everything. `title` is read out for it; the
 * element `current`, if given, is where the case stands now.
 */
export function drawDiagram(bpmn: string, title: string, current?: string): string {
  const layout = layoutOf(bpmn)
  const { x, y, width, height } = frameOf(layout)
  const body = [
    ...layout.shapes.filter(({ isExpanded }) => isExpanded).map(drawShape), ...layout.edges.map(drawEdge),
    ...layout.shapes.filter(({ isExpanded }) => !isExpanded).map(drawShape),
    ...layout.shapes.filter(({ id }) => id === current).map(drawToken)
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" role="img" `
    + `font-family="${FONT}, sans-serif" font-size="${SIZE}"><title>${escapeHtml(title)}</title>`
    + `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#ffffff"/>${body.join('')}</svg>`
}

function frameOf({ shapes, edges }: Layout): Bounds {
  const labels = [...shapes, ...edges].flatMap(({ label }) => label ?? [])
  const boxes = [...shapes, ...labels, ...edges.flatMap(({ points }) => points.map(point => ({ ...point, width: 0, height: 0 })))]
  const [x, y] = [Math.min(...boxes.map(box => box.x)) - MARGIN, Math.min(...boxes.map(box => box.y)) - MARGIN]
  const right = Math.max(...boxes.map(box => box.x + box.width)) + MARGIN
  const bottom = Math.max(...boxes.map(box => box.y + box.height)) + MARGIN
  return { x, y, width: Math.round(right - x), height: Math.round(bottom - y) }
}

function drawShape(shape: Shape): string {
  if (shape.type.endsWith('Event')) return drawEvent(shape) + outerLabel(shape)
  if (shape.type.endsWith('Gateway')) return drawGateway(shape) + outerLabel(shape)
  if (shape.type === 'textAnnotation') return innerText(shape)
  return drawBox(shape)
}

/** A thick frame and a word, so that the place is told without colours too. */
function drawToken({ x, y, width, height }: Shape): string {
  return `<rect x="${x - 5}" y="${y - 5}" width="${width + 10}" height="${height + 10}" rx="12" fill="none" stroke="${PERSON}" stroke-width="4"/>`
    + textLines(['▼ 当前环节'], x + width / 2, y - 10)
}

function drawBox(shape: Shape): string {
  const { type, name, x, y, width, height, isExpanded } = shape
  const thick = type === 'callActivity' ? 3 : 1.5
  const fill = isExpanded ? '#fafbfc' : '#ffffff'
  const box = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="${INK}" stroke-width="${thick}"/>`
  const person = type === 'userTask' || type === 'manualTask'
    ? `<rect x="${x}" y="${y + 8}" width="5" height="${height - 16}" fill="${PERSON}"/>` : ''
  if (!isExpanded) return box + person + innerText(shape)
  return box + textLines([name], x + width / 2, y + 18)
}

function drawEvent({ type, x, y, width }: Shape): string {
  const radius = width / 2
  const circle = (r: number, thick: number): string =>
    `<circle cx="${x + radius}" cy="${y + radius}" r="${r}" fill="#ffffff" stroke="${INK}" stroke-width="${thick}"/>`
  const outer = circle(radius, type === 'endEvent' ? 3.5 : 1.5)
  return type === 'startEvent' || type === 'endEvent' ? outer : outer + circle(radius - 4, 1.5)
}

function drawGateway({ type, x, y, width, height }: Shape): string {
  const [middle, half] = [x + width / 2, y + height / 2]
  const arm = width / 6
  const line = (x1: number, y1: number, x2: number, y2: number): string =>
    `<line x1="${middle + x1 * arm}" y1="${half + y1 * arm}" x2="${middle + x2 * arm}" y2="${half + y2 * arm}" stroke="${INK}" stroke-width="3"/>`
  const mark = type === 'parallelGateway' ? line(-1, 0, 1, 0) + line(0, -1, 0, 1)
    : type === 'inclusiveGateway' ? `<circle cx="${middle}" cy="${half}" r="${arm}" fill="none" stroke="${INK}" stroke-width="3"/>`
      : line(-1, -1, 1, 1) + line(-1, 1, 1, -1)
  const corners = `${middle},${y} ${x + width},${half} ${middle},${y + height} ${x},${half}`
  return `<polygon points="${corners}" fill="#ffffff" stroke="${INK}" stroke-width="1.5"/>${mark}`
}

function drawEdge({ name, points, label }: Edge): string {
  const [before, end] = points.slice(-2)
  if (!before || !end) return ''
  const line = `<polyline points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}" fill="none" stroke="${INK}" stroke-width="1.3"/>`
  const angle = Math.atan2(end.y - before.y, end.x - before.x)
  const corner = (turn: number): string => `${(end.x - 9 * Math.cos(angle + turn)).toFixed(1)},${(end.y - 9 * Math.sin(angle + turn)).toFixed(1)}`
  const head = `<polygon points="${end.x},${end.y} ${corner(0.4)} ${corner(-0.4)}" fill="${INK}"/>`
  return line + head + (label && name ? textLines([name], label.x + label.width / 2, label.y + label.height - 2) : '')
}

function innerText({ name, x, y, width, height }: Shape): string {
  const lines = wrapped(name, width - 14)
  return textLines(lines, x + width / 2, y + height / 2 - (lines.length - 1) * LINE / 2 + 4)
}

function outerLabel({ name, label, x, y, width, height }: Shape): string {
  if (!name) return ''
  const place = label ?? { x: x - 20, y: y + height + 4, width: width + 40, height: LINE }
  return textLines(wrapped(name, Math.max(place.width + 10, 60)), place.x + place.width / 2, place.y + 12)
}

function textLines(lines: readonly string[], x: number, y: number): string {
  return lines.map((line, index) => `<text x="${x}" y="${y + index * LINE}" text-anchor="middle" fill="${INK}">${escapeHtml(line)}</text>`).join('')
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const char of text) {
    if (textWidth(lines.at(-1)! + char, SIZE) > width && lines.at(-1) !== '') lines.push('')
    lines[lines.length - 1] += char
  }
  return lines
}
