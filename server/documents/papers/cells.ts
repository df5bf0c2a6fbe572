import type { CanvasElement, Content, ContentCanvas } from 'pdfmake/interfaces.js'
import type { Cell, Choice } from './paper.ts'

const BOX = 0.8

/** A cell as content of `width` points at a font size. */
export function cellContent(cell: Cell, width: number, size: number): Content {
  if (typeof cell === 'string') return { text: printable(cell), fontSize: size }
  if ('choices' in cell) return choiceLines(cell.choices, width, size)
  return {
    stack: cell.parts.map(({ label, cell: inner }): Content => {
      const room = textWidth(`${label}：`, size) + 2
      return { columns: [{ text: `${label}：`, width: room, fontSize: size }, { width: '*', stack: [cellContent(inner, width - room, size)] }] }
    })
  }
}

/** Width of a text in points: ideographs are as wide as high, letters and digits about six tenths. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((sum, char) => sum + (char.codePointAt(0)! < 0x2000 ? 0.62 : 1), 0) * size
}

/** Text as it can be printed: control characters and halves of pairs are left out. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ')
}

/** Boxes one after the other, as many in a line as have room. */
function choiceLines(choices: readonly Choice[], width: number, size: number): Content {
  const lines: { choice: Choice; width: number }[][] = [[]]
  let used = 0
  for (const choice of choices) {
    const wide = Math.min(width, size * 1.3 + textWidth(choice.label, size) + 5)
    if (used + wide > width && lines.at(-1)!.length > 0) {
      lines.push([])
      used = 0
    }
    lines.at(-1)!.push({ choice, width: wide })
    used += wide
  }
  return {
    stack: lines.map(line => ({
      columns: line.flatMap(({ choice, width: wide }) => [
        { ...box(choice.isChosen, size), width: size * 1.3 },
        { width: wide - size * 1.3, text: choice.label, fontSize: size, bold: choice.isChosen }
      ])
    }))
  }
}

function box(isChosen: boolean, size: number): ContentCanvas {
  const side = size * BOX
  const line = (x1: number, y1: number, x2: number, y2: number): CanvasElement =>
    ({ type: 'line', x1: x1 * side, y1: y1 * side, x2: x2 * side, y2: y2 * side, lineWidth: 1.1, lineCap: 'round' })
  return {
    canvas: [
      { type: 'rect', x: 0, y: 0, w: side, h: side, lineWidth: 0.7 },
      ...(isChosen ? [line(0.2, 0.5, 0.42, 0.75), line(0.42, 0.75, 0.85, 0.2)] : [])
    ],
    margin: [0, size * 0.36, 0, 0]
  }
}
