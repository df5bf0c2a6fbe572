import { expect } from 'chai'
import { formatNumber, isNumber, issueNumber } from '../../../server/services/numbering.ts'
import { onBothDatabases } from '../../support/databases.ts'

const region = { slug: 'guangxi', code: '450000', numbering: { label: 'YJS' } }

describe('services/numbering', () => {
  it('is region, day, label, sequence and check digit: 24 characters', () => {
    const number = formatNumber(region, '2026-03-24', 1)
    expect(number).to.match(/^45000020260324YJS000001\d$/)
    expect(number).to.have.length(24)
    expect(isNumber(number)).to.equal(true)
  })

  it('finds every single wrong digit and every swap of neighbours but 09', () => {
    const number = formatNumber(region, '2026-03-24', 123)
    for (let place = 0; place < number.length; place++) {
      if (!/\d/.test(number[place]!)) continue
      const wrong = number.slice(0, place) + String((Number(number[place]) + 3) % 10) + number.slice(place + 1)
      expect(isNumber(wrong), wrong).to.equal(false)
    }
    expect(isNumber('nonsense')).to.equal(false)
  })
})

onBothDatabases('services/numbering', database => {
  it('counts each region and day for itself and takes a number back that was not used', async () => {
    const db = await database.openMigrated()
    const issue = (slug: string, day: string) => db.transaction(trx => issueNumber(trx, { ...region, slug }, day))
    const sequence = async (slug: string, day: string) => Number((await issue(slug, day)).slice(17, 23))
    expect([await sequence('guangxi', '2026-03-24'), await sequence('guangxi', '2026-03-24')]).to.deep.equal([1, 2])
    expect(await sequence('guangxi', '2026-03-25')).to.equal(1)
    expect(await sequence('ningxia', '2026-03-24')).to.equal(1)
    await db.transaction(async trx => {
      await issueNumber(trx, region, '2026-03-24')
      throw new Error('the application could not be stored')
    }).catch(() => undefined)
    expect(await sequence('guangxi', '2026-03-24')).to.equal(3)
  })
})
