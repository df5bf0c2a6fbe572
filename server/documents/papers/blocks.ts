import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { cellContent, printable, textWidth } from './cells.ts'
import type { Block, Cell, Field } from './paper.ts'

/** Where a block is printed: room from margin to margin in points, and the size of the body text. */
export interface Place {
  readonly width: number
  readonly size: number
}

type FieldsBlock = Extract<Block, { kind: 'fields' }>
type GridBlock = Extract<Block, { kind: 'grid' }>

const LABEL = 78
const SHADE = '#eeeeee'
const GAP: [number, number, number, number] = [0, 0, 0, 6]
const layout = {
  hLineWidth: () => 0.6,
  vLineWidth: () => 0.6,
  paddingLeft: () => 4,
  paddingRight: () => 4,
  paddingTop: () => 2,
  paddingBottom: () => 3
}

/** One block of a paper as content of the printer. */
export function blockContent(block: Block, place: Place): Content {
  switch (block.kind) {
    case 'text': return { text: printable(block.text), leadingIndent: 2 * place.size, lineHeight: 1.45, margin: [0, 0, 0, 5] }
    case 'fields': return fieldsTable(block, place)
    case 'grid': return gridTable(block, place)
    case 'notes': return notesTable(block, place)
    case 'diagram': return diagram(block, place)
    case 'signature': return signature(block, place)
  }
}

function fieldsTable({ title, fields }: FieldsBlock, { width, size }: Place): Content {
  const half = (width - 2 * LABEL) / 2
  const rows: TableCell[][] = title ? [[titleCell(title, 4), '', '', '']] : []
  let left: Field | null = null
  const cells = ({ label, cell }: Field, room: number): TableCell[] =>
    [labelCell(label), cellContent(cell, room - 10, size) as TableCell]
  const wide = (field: Field): void => {
    const [label, value] = cells(field, width - LABEL)
    rows.push([label!, { ...(value as object), colSpan: 3 } as TableCell, '', ''])
  }
  for (const field of fields) {
    if (!field.isWide && left) {
      rows.push([...cells(left, half), ...cells(field, half)])
      left = null
      continue
    }
    if (left) wide(left)
    left = field.isWide ? null : field
    if (field.isWide) wide(field)
  }
  if (left) wide(left)
  return table(rows, [LABEL - 8.6, half - 8.6, LABEL - 8.6, half - 8.6], title ? 1 : 0)
}

function gridTable({ title, columns, rows, total, widths }: GridBlock, place: Place): Content {
  // Tables of the tax form have eleven columns: they are printed smaller, as on paper.
  const size = columns.length > 8 && place.width < 600 ? 7 : Math.min(place.size, 10)
  const parts = widths ?? columns.map(() => 1)
  const unit = place.width / parts.reduce((sum, part) => sum + part, 0)
  const rooms = parts.map(part => part * unit - 8.6)
  const rest = columns.slice(1).map(() => '')
  const line = (cells: readonly Cell[]): TableCell[] =>
    cells.map((cell, index) => cellContent(cell, rooms[index] ?? 40, size) as TableCell)
  return table([
    ...(title ? [[titleCell(title, columns.length), ...rest]] : []),
    columns.map(column => ({ text: column, bold: true, alignment: 'center', fillColor: SHADE, fontSize: size } as TableCell)),
    ...rows.map(line),
    ...(total ? [line(total)] : [])
  ], rooms, title ? 2 : 1, !rows.flat().some(isLong))
}

function notesTable({ title, lines }: Extract<Block, { kind: 'notes' }>, { width, size }: Place): Content {
  return table([[
    labelCell(title),
    { stack: lines.map(text => ({ text, fontSize: size - 0.5 })) }
  ]], [LABEL - 8.6, width - LABEL - 8.6], 0)
}

function signature({ label, image, date }: Extract<Block, { kind: 'signature' }>, { size }: Place): Content {
  const line: Content = { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 150, y2: 0, lineWidth: 0.6 }] }
  return {
    unbreakable: true,
    margin: [0, 14, 0, 10],
    columns: [
      { width: '*', text: '' },
      { width: textWidth(label, size) + 4, text: label, margin: [0, 20, 0, 0] },
      { width: 160, stack: [image ? { image, fit: [150, 34] } : { text: ' ', fontSize: 22, lineHeight: 1 }, line] },
      { width: 130, text: date ?? '        年      月      日', margin: [0, 20, 0, 0] }
    ]
  }
}

function diagram({ title, svg }: Extract<Block, { kind: 'diagram' }>, { width }: Place): Content {
  const heading: Content = { text: title, bold: true, margin: [0, 4, 0, 4] }
  return { stack: [heading, { svg, fit: [width, 640] }], unbreakable: true, margin: GAP }
}

/** Whether a cell may fill more than a page, as the words of a clerk can; its row has to go on over the page then. */
function isLong(cell: Cell): boolean {
  return typeof cell === 'string' && cell.length > 400
}

function table(body: TableCell[][], widths: number[], headerRows: number, dontBreakRows = true): Content {
  const keepWithHeaderRows = headerRows > 0 ? 1 : 0
  return { table: { body, widths, headerRows, keepWithHeaderRows, dontBreakRows }, layout, margin: GAP } as Content
}

function titleCell(text: string, colSpan: number): TableCell {
  return { text, colSpan, bold: true, alignment: 'center', fillColor: SHADE }
}

function labelCell(text: string): TableCell {
  return { text: printable(text), bold: false, fillColor: '#f7f7f7' }
}
