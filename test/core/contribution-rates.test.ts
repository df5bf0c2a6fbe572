import { expect } from 'chai'
import { readPeriod } from '../../core/contribution-period.ts'
import { overdueRate, reckon } from '../../core/contribution-rates.ts'
import type { AppError } from '../../core/errors.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { contributionAdvice } from '../../server/services/policy/contribution-advice.ts'
import { tableDecisions } from '../policy/table-decisions.ts'

const { rows } = createRegionCatalogue().rates('guangxi')
const amountOf = (fields: Record<string, unknown>, today = '2026-03-24') => reckon(rows, fields, readPeriod(fields, today), today)
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act()
  } catch (error) {
    return (error as AppError).fields?.[0]?.code
  }
  return undefined
}

describe('core/contribution-rates: what is due', () => {
  it('resident pension: the chosen tier for each year', () => {
    expect(amountOf({ insurance: 'resident-pension', tierFen: 20_000 })).to.deep.equal({
      amountFen: 20_000, status: 'verified', lines: [{ item: '城乡居民基本养老保险', subitem: '个人缴费', amountFen: 20_000, tierFen: 20_000 }]
    })
    expect(amountOf({ insurance: 'resident-pension', tierFen: 0 }).amountFen).to.equal(0)
    expect(amountOf({ insurance: 'resident-pension', tierFen: 20_000, periodStart: '2026-01', periodEnd: '2027-12' }).amountFen).to.equal(40_000)
  })

  it('resident pension: a tier of the pooling area is nothing verified', () => {
    expect(amountOf({ insurance: 'resident-pension', tierFen: 12_345 })).to.include({ amountFen: 12_345, status: 'unverified' })
  })

  it('flexible pension: a fifth of the base for each month', () => {
    const fields = { insurance: 'flexible-pension', baseFen: 405_400, periodStart: '2026-04-01', periodEnd: '2026-06-30' }
    expect(amountOf(fields).amountFen).to.equal(3 * 81_080)
    expect(amountOf({ insurance: 'flexible-pension', baseFen: 405_363 }).amountFen).to.equal(81_073)
  })

  it('medical: the parameters of the year, all unverified, further lines for further insurances', () => {
    expect(amountOf({ insurance: 'resident-medical' })).to.include({ amountFen: 40_000, status: 'unverified' })
    const { amountFen, lines } = amountOf({ insurance: 'flexible-medical', options: ['large-medical'] })
    expect(lines.map(({ item }) => item)).to.deep.equal(['灵活就业人员基本医疗保险', '灵活就业人员大额医疗互助保险'])
    expect(amountFen).to.equal(lines.reduce((total, line) => total + line.amountFen, 0))
  })

  it('resident medical: this year\'s subsidy as well when paid after June, as contribution.dmn has it (须知2)', async () => {
    const region = createRegionCatalogue().get('guangxi')
    for (const today of ['2026-01-01', '2026-06-30', '2026-07-01', '2026-11-23', '2026-12-31']) {
      for (const year of ['2026', '2027']) {
        const fields = { insurance: 'resident-medical', periodStart: `${year}-01-01`, periodEnd: `${year}-12-31` }
        const [advice] = await contributionAdvice({ decisions: tableDecisions() }, region, [fields], today)
        const share = advice!.rules.find(rule => rule.share !== null)!.share
        const subsidised = amountOf(fields, today).lines.filter(({ subitem }) => subitem.startsWith('财政补助'))
        expect(subsidised.length, `${today} for ${year}: ${share}`).to.equal(share === 'own-and-subsidy' ? 1 : 0)
      }
    }
    expect(amountOf({ insurance: 'resident-medical' }, '2026-07-01').amountFen).to.equal(110_000)
  })

  it('大额: to be paid until the end of January of its year, as contribution.dmn has it (须知1)', async () => {
    const region = createRegionCatalogue().get('guangxi')
    for (const today of ['2026-01-01', '2026-01-31', '2026-02-01', '2026-11-23']) {
      for (const year of ['2025', '2026', '2027']) {
        const fields = { insurance: 'flexible-medical', periodStart: `${year}-01-01`, periodEnd: `${year}-12-31` }
        const [advice] = await contributionAdvice({ decisions: tableDecisions() }, region, [{ ...fields, extras: ['large-medical'] }], today)
        const late = overdueRate(rows, { ...fields, options: ['large-medical'] }, readPeriod(fields, today), today)
        expect(late !== undefined, `${today} for ${year}`).to.equal(advice!.rules.some(({ verdict }) => verdict === 'too-late'))
        expect(late !== undefined, `${today} for ${year}`).to.equal(today > `${year}-01-31`)
        expect(overdueRate(rows, fields, readPeriod(fields, today), today)).to.equal(undefined)
      }
    }
  })

  it('names the field that is wrong', () => {
    expect(codeOf(() => amountOf({ insurance: 'resident-pension' }))).to.equal('TIER_UNKNOWN')
    expect(codeOf(() => amountOf({ insurance: 'flexible-pension', baseFen: 99_000_000 }))).to.equal('BASE_OUT_OF_RANGE')
    expect(codeOf(() => amountOf({ insurance: 'flexible-pension', options: ['large-medical'] }))).to.equal('OPTION_UNKNOWN')
  })

  it('every parameter says what it is worth and where it is from', () => {
    for (const { source, status, by } of rows) {
      expect(source).to.not.equal('')
      expect(status).to.equal(by === 'tier' ? 'verified' : 'unverified')
    }
  })
})

describe('the period of a contribution', () => {
  it('is the year of residents and the month of flexible workers, unless it is given', () => {
    expect(readPeriod({ insurance: 'resident-medical' }, '2026-03-24')).to.deep.equal({ start: '2026-01', end: '2026-12', months: 12 })
    expect(readPeriod({ insurance: 'flexible-medical' }, '2026-03-24')).to.deep.equal({ start: '2026-03', end: '2026-03', months: 1 })
    expect(readPeriod({ insurance: 'flexible-medical', periodStart: '2026-11', months: 3 }, '2026-03-24'))
      .to.deep.equal({ start: '2026-11', end: '2027-01', months: 3 })
  })

  it('does not run backwards, nor for ever', () => {
    const period = (periodStart: string, periodEnd: string) => () => readPeriod({ insurance: 'x', periodStart, periodEnd }, '2026-03-24')
    expect(codeOf(period('2026-05', '2026-04'))).to.equal('PERIOD_REVERSED')
    expect(codeOf(period('2026-01', '2029-01'))).to.equal('PERIOD_TOO_LONG')
  })
})
