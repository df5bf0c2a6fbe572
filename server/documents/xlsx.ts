import type { Writable } from 'node:stream'

export type TableCell = string | number | boolean | null

export interface SheetOrder {
  /** Name of the sheet. */
  readonly name: string
  readonly head: readonly string[]
  readonly rows: AsyncIterable<readonly TableCell[]>
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const WIDTH = 18

/**
 * Writes one sheet row by row into a stream, which it ends; no more than a row is held. A text stays a text whatever it begins
 * with: the file says of each cell what it is, so that no spreadsheet takes `=HYPERLINK(…)` for a formula.
 */
export async function writeXlsx(out: Writable, { name, head, rows }: SheetOrder): Promise<void> {
  // Loaded by the first who wants a table: it takes a fifth of a second, which no start of a server need wait for.
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = head.map(() => ({ width: WIDTH }))
  const first = sheet.addRow([...head])
  first.font = { bold: true }
  first.commit()
  for await (const row of rows) {
    sheet.addRow([...row]).commit()
    // The writer takes rows as fast as it is given them: what the reader has not fetched yet is waited for.
    if (out.writableNeedDrain) await new Promise(resolve => out.once('drain', resolve).once('close', resolve))
    if (out.destroyed) return
  }
  sheet.commit()
  await book.commit()
}
