import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import ExcelJS from 'exceljs'
import { load } from 'js-yaml'
import { XLSX_TYPE } from '../../../../server/documents/xlsx.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { cellsOf, COLUMNS } from '../../../../server/services/oversight/export.ts'
import { readBackCsv, readBackXlsx } from '../../support/read-sheet.ts'

const FORMULAS = ['=HYPERLINK("http://evil.example","点我")', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1']
const region = createRegionCatalogue().get('guangxi')

/** An item whose every text is this one, wherever it comes from. */
const itemOf = (text: string): Parameters<typeof cellsOf>[1] => ({
  id: text, applicationId: text, slug: text, isProvisional: false,
  number: text, title: text, department: text, division: text, channel: text, status: text, colour: text, promisedDueDate: text, redDate: text,
  remainingWorkingDays: -3, holder: { kind: 'clerk', text }, hasIncident: true
} as never)

describe('services/oversight/export', () => {
  const rows = FORMULAS.map(text => cellsOf(region, itemOf(text)))
  /** Columns in which no text of anybody's stands alone. */
  const own = (text: string): Readonly<Record<string, string | number>> => ({ 剩余工作日: -3, 异常: '是', 部门: `部门组 ${text}` })

  it('writes no column of a CSV file as a formula', async () => {
    const sheet = await readBackCsv(COLUMNS, rows)
    FORMULAS.forEach((text, row) => COLUMNS.forEach((column, at) => {
      expect(sheet.getCell(row + 2, at + 1).value, `${column} ${text}`).to.equal(String(own(text)[column] ?? `'${text}`))
    }))
  })

  it('writes no column of an XLSX file as a formula', async () => {
    const sheet = await readBackXlsx(COLUMNS, rows)
    FORMULAS.forEach((text, row) => COLUMNS.forEach((column, at) => {
      const { type, value, formula } = sheet.getCell(row + 2, at + 1)
      const expected = own(text)[column] ?? text
      const isNumber = typeof expected === 'number'
      expect([type, value, formula], `${column} ${text}`).to.deep.equal(
        [isNumber ? ExcelJS.ValueType.Number : ExcelJS.ValueType.String, isNumber ? expected : expected.replace('\r', '\n'), undefined]) // XML reads a CR as LF
    }))
  })

  it('is all that goes out as a table: another one has to be proven here, too', () => {
    const { paths } = load(readFileSync('server/openapi.yaml', 'utf8')) as { paths: Record<string, unknown> }
    const tables = Object.keys(paths).filter(path => ['"text/csv"', XLSX_TYPE].some(type => JSON.stringify(paths[path]).includes(type)))
    expect(tables).to.deep.equal(['/sla/export.csv', '/sla/export.xlsx'])
  })
})
