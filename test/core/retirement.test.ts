import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { flexibleWorkerCategory, isBelowRetirementAge, retirementDate, retirementOf } from '../../core/retirement.ts'
import type { RetirementCategory } from '../../core/retirement.ts'

const CATEGORIES: Readonly<Record<string, RetirementCategory>> = { male: 'male60', f55: 'female55', f50: 'female50' }
const rows = readFileSync(new URL('retirement-table.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map(line => line.trim().split(','))

describe('core/retirement', () => {
  it('equals all 408 rows of the annexed tables', () => {
    expect(rows).to.have.length(408)
    for (const [category = '', birthMonth = '', delay, years, months, retireMonth] of rows) {
      const result = retirementOf(CATEGORIES[category]!, `${birthMonth}-15`)
      expect(result, `${category} ${birthMonth}`).to.deep.equal({
        delayMonths: Number(delay), ageYears: Number(years), ageMonths: Number(months), date: `${retireMonth}-15`
      })
    }
  })

  it('delays nobody born before the tables and everybody after them by the most', () => {
    expect(retirementOf('male60', '1964-12-31')).to.deep.equal({ delayMonths: 0, ageYears: 60, ageMonths: 0, date: '2024-12-31' })
    expect(retirementOf('female50', '1995-12-01')).to.deep.include({ delayMonths: 60, date: '2050-12-01' })
    expect(retirementOf('male60', '1995-12-01')).to.deep.include({ delayMonths: 36, date: '2058-12-01' })
    expect(retirementOf('female55', '2000-12-01')).to.deep.include({ delayMonths: 36, date: '2058-12-01' })
  })

  it('cuts the day to the length of the month', () => {
    expect(retirementDate('male60', '1965-01-31')).to.equal('2025-02-28')
    expect(retirementDate('female55', '1970-05-31')).to.equal('2025-07-31')
  })

  it('counts the day itself as reached unless told otherwise', () => {
    expect(isBelowRetirementAge('2025-02-14', 'male60', '1965-01-15')).to.equal(true)
    expect(isBelowRetirementAge('2025-02-15', 'male60', '1965-01-15')).to.equal(false)
    expect(isBelowRetirementAge('2025-02-15', 'male60', '1965-01-15', false)).to.equal(true)
    expect(isBelowRetirementAge('2025-02-16', 'male60', '1965-01-15', false)).to.equal(false)
  })

  it('takes flexible women as original age 55', () => {
    expect(flexibleWorkerCategory('female')).to.equal('female55')
    expect(flexibleWorkerCategory('male')).to.equal('male60')
  })
})
