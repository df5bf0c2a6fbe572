import { expect } from 'chai'
import ExcelJS from 'exceljs'
import { readBackXlsx } from '../support/read-sheet.ts'

describe('documents/xlsx', () => {
  it('keeps what begins like a formula a text, and numbers numbers', async () => {
    const evil = ['=HYPERLINK("http://evil.example","点我")', '+1', '-1', '@SUM(A1)', '\t=1', '=1+1']
    const sheet = await readBackXlsx(['内容', '数'], evil.map((text, index) => [text, index]))
    evil.forEach((text, index) => {
      const cell = sheet.getCell(index + 2, 1)
      expect([cell.type, cell.value, cell.formula]).to.deep.equal([ExcelJS.ValueType.String, text, undefined])
      expect(sheet.getCell(index + 2, 2).value).to.equal(index)
    })
    expect(sheet.getRow(1).values).to.deep.equal([undefined, '内容', '数'])
  })

  it('leaves out nothing of a long table', async () => {
    const sheet = await readBackXlsx(['号'], Array.from({ length: 5_000 }, (_, index) => [`第 ${index} 行`]))
    expect(sheet.actualRowCount).to.equal(5_001)
    expect(sheet.getCell(5_001, 1).value).to.equal('第 4999 行')
  })
})
