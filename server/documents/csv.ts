/** A cell that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** One line of a CSV file (RFC 4180). A cell that begins like a formula is written so that it stays text. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** Byte order mark: without it a spreadsheet in Chinese reads UTF-8 as GBK. */
export const CSV_START = '\uFEFF'

function cell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
