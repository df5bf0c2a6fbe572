import { expect } from 'chai'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { estimateContributions } from '../../../../server/services/policy/contribution-estimate.ts'

const regions = createRegionCatalogue()

describe('policy/contribution-estimate', () => {
  const { rows: rates } = regions.rates('guangxi')
  const month = { periodStart: '2026-04-01', periodEnd: '2026-04-30' }

  it('adds up in fen, without a fraction', () => {
    const { totalFen, isComplete, rows } = estimateContributions(rates, [
      { insurance: 'flexible-pension', baseFen: 405_363, ...month }, { insurance: 'flexible-medical', baseFen: 333_333, ...month }
    ], '2026-04-10')
    expect(rows.map(({ estimate }) => estimate?.amountFen)).to.deep.equal([81_073, 31_667])
    expect([totalFen, isComplete]).to.deep.equal([112_740, true])
  })

  it('estimates nothing for what is half filled in, runs backwards, or has no figures', () => {
    for (const question of [
      { insurance: 'resident-pension' }, { insurance: 'flexible-pension', periodStart: '2026-05-01', periodEnd: '2026-04-30' }, { insurance: 'other' }
    ]) {
      expect(estimateContributions(rates, [question], '2026-04-10')).to.deep.equal({
        totalFen: null, isComplete: false, rows: [{ insurance: question.insurance, estimate: null }]
      })
    }
  })

  for (const region of regions.all()) {
    it(`has figures with their source for every insurance of ${region.slug}`, () => {
      const { note, rows } = regions.rates(region.slug)
      expect(note).to.contain('以税务核定为准')
      expect([...new Set(rows.map(({ insurance }) => insurance))].sort()).to.deep.equal(region.insurances.map(({ slug }) => slug).sort())
      expect(rows.filter(({ source }) => source === '')).to.deep.equal([])
    })
  }
})
