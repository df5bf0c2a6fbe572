import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Region } from '../../../../core/region.ts'
import { createBusinessClock } from '../../../../server/clock.ts'
import { handlingDivision } from '../../../../server/services/policy/jurisdiction.ts'
import type { JurisdictionQuestion } from '../../../../server/services/policy/jurisdiction.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region
const ctx = { decisions: tableDecisions(), clock: createBusinessClock({ now: '2026-11-23T09:00:00+08:00' }) }
const ask = async (question: JurisdictionQuestion) => {
  const { division, basis } = await handlingDivision(ctx, region, question)
  return [division, basis]
}
const facts = { householdDivision: '450202001001', residenceDivision: '450103001001' }

describe('jurisdiction', () => {
  it('follows the household, the home or the archive as the notice says', async () => {
    expect(await ask({ matter: 'resident-pension', facts })).to.deep.equal(['450202', 'household'])
    expect(await ask({ matter: 'resident-pension', facts: { ...facts, idType: 'hmt-residence-permit' } })).to.deep.equal(['450103', 'residence'])
    expect(await ask({ matter: 'flexible-medical', facts })).to.deep.equal(['450202', 'household'])
    expect(await ask({ matter: 'flexible-medical', facts: { ...facts, householdDivision: '440305001001' } })).to.deep.equal(['450103', 'residence'])
    expect(await ask({ matter: 'flexible-pension', facts })).to.deep.equal(['450103', 'residence'])
    expect(await ask({ matter: 'archive-transfer', facts })).to.deep.equal(['450202', 'household'])
    expect(await ask({ matter: 'archive-transfer', facts, archiveSituation: 'left-employer', archiveDivision: '450103' })).to.deep.equal(['450103', 'archive'])
  })

  it('falls back to the city, then to the home division', async () => {
    expect(await ask({ matter: 'resident-pension', facts: { householdDivision: '450199001001' } })).to.deep.equal(['450100', 'household'])
    expect(await ask({ matter: 'flexible-pension', facts: {} })).to.deep.equal([region.homeDivision, 'home'])
    expect(await ask({ matter: 'archive-transfer', facts: { householdDivision: '440305001001' } })).to.deep.equal([region.homeDivision, 'archive'])
  })

  it('says by which rule', async () => {
    const { ruleId, clause, message } = await handlingDivision(ctx, region, { matter: 'resident-pension', facts })
    expect(ruleId).to.equal('jurisdiction-resident-pension-household')
    expect(clause).to.contain('在户籍地参加城乡居民养老保险')
    expect(message).to.equal('在户籍地参保。')
  })
})
