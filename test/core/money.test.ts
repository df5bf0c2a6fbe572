import { expect } from 'chai'
import { capitalYuan, formatYuan, parseYuan, shareOf, sumFen } from '../../core/money.ts'

describe('core/money', () => {
  it('reads yuan as people write it', () => {
    const cases = { '12': 1200, '12.3': 1230, '1,234.50': 123450, '¥5.80': 580, '5.80元': 580, '０.０１': 1, ' 0 ': 0, '1234567.89': 123456789 }
    for (const [text, fen] of Object.entries(cases)) expect(parseYuan(text), text).to.equal(fen)
    for (const text of ['', '1.234', '-1', '1,23', 'abc', '1e3', '.5', '1.']) expect(parseYuan(text), text).to.equal(undefined)
  })

  it('writes yuan to the fen', () => {
    const cases: [number, string][] = [[0, '0.00'], [1, '0.01'], [580, '5.80'], [123450, '1,234.50'], [100000000, '1,000,000.00'], [-580, '-5.80']]
    for (const [fen, text] of cases) expect(formatYuan(fen)).to.equal(text)
  })

  it('gives back what it read', () => {
    for (let fen = 0; fen < 3000; fen += 7) expect(parseYuan(formatYuan(fen))).to.equal(fen)
  })

  it('adds whole fen only', () => {
    expect(sumFen([1, 2, 580])).to.equal(583)
    expect(sumFen([])).to.equal(0)
    expect(() => sumFen([0.1, 0.2])).to.throw(RangeError)
    expect(() => formatYuan(Number.NaN)).to.throw(RangeError)
  })

  it('writes amounts in capitals as receipts do, with one 零 for any gap', () => {
    const cases: [number, string][] = [
      [0, '零元整'], [1, '壹分'], [10, '壹角整'], [105, '壹元零伍分'], [150, '壹元伍角整'], [1000, '壹拾元整'], [12005, '壹佰贰拾元零伍分'],
      [50000, '伍佰元整'], [10_000_01, '壹万元零壹分'], [12_345_605, '壹拾贰万叁仟肆佰伍拾陆元零伍分'], [12_050_000, '壹拾贰万零伍佰元整'],
      [10_010_000, '壹拾万零壹佰元整'], [1_000_100_00, '壹佰万零壹佰元整'], [10_001_000_012, '壹亿零壹万元壹角贰分'], [1_000_000_000_000_00, '壹万亿元整']
    ]
    for (const [fen, text] of cases) expect(capitalYuan(fen), String(fen)).to.equal(text)
    expect(() => capitalYuan(-1)).to.throw(RangeError)
    expect(() => capitalYuan(0.5)).to.throw(RangeError)
  })

  it('takes a share, rounded half up', () => {
    expect(shareOf(405360, 2000)).to.equal(81072)
    expect(shareOf(405360, 800)).to.equal(32429)
    expect(shareOf(3, 5000)).to.equal(2)
  })
})
