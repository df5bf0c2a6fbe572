import { PassThrough, Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { CSV_START, csvLine } from '../../../server/documents/csv.ts'
import { writeXlsx } from '../../../server/documents/xlsx.ts'
import type { TableCell } from '../../../server/documents/xlsx.ts'

/** Writes rows as an XLSX file and reads the sheet back. */
export async function readBackXlsx(head: readonly string[], rows: readonly (readonly TableCell[])[]): Promise<ExcelJS.Worksheet> {
  const out = new PassThrough()
  const chunks: Buffer[] = []
  out.on('data', (chunk: Buffer) => chunks.push(chunk))
  const table = async function* () { yield* rows }
  await writeXlsx(out, { name: '表', head, rows: table() })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Buffer.concat(chunks) as never)
  return book.worksheets[0]!
}

/** Likewise as CSV; every cell as the text that stands in the file. */
export function readBackCsv(head: readonly string[], rows: readonly (readonly TableCell[])[]): Promise<ExcelJS.Worksheet> {
  const text = CSV_START + [head, ...rows].map(csvLine).join('')
  return new ExcelJS.Workbook().csv.read(Readable.from([text]), { map: (value: unknown) => value })
}
