import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Region } from '../../../../core/region.ts'
import { conflictsAmong, openItemConflicts, selectionInputs } from '../../../../server/services/policy/exclusivity.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region
const ctx = { decisions: tableDecisions() }

describe('exclusivity', () => {
  it('asks the table with one boolean for every matter of the region', () => {
    const inputs = selectionInputs(region, ['flexible-pension', 'resident-medical-change'])
    expect(Object.keys(inputs)).to.have.length(9)
    expect(inputs).to.include({ selFlexiblePension: true, selResidentMedicalChange: true, selResidentMedical: false, selContribution: false })
  })

  it('answers with rule, pair, clause and message', async () => {
    const [conflict, ...more] = await conflictsAmong(ctx, region, ['contribution', 'flexible-pension', 'resident-pension'])
    expect(more).to.deep.equal([])
    expect(conflict!.matters).to.deep.equal(['resident-pension', 'flexible-pension'])
    expect(conflict!.ruleId).to.equal('exclusive-resident-pension-flexible-pension')
    expect(conflict!.clause).to.contain('四（一）3')
    expect(conflict!.message).to.contain('不能同时办理')
  })

  it('finds none where the notice has none', async () => {
    const apart = ['resident-medical', 'flexible-medical-change', 'resident-pension']
    expect(await conflictsAmong(ctx, region, apart)).to.deep.equal([])
  })

  it('names the earlier number when an open item stands against the selection, whichever side it is on', async () => {
    for (const [selected, open] of [['flexible-pension', 'resident-pension'], ['resident-pension', 'flexible-pension']] as const) {
      const [conflict, ...more] = await openItemConflicts(ctx, region, [selected], [{ slug: open, number: '450000-1' }])
      expect(more).to.deep.equal([])
      expect(conflict).to.include({ number: '450000-1', ruleId: 'exclusive-resident-pension-flexible-pension' })
      expect(conflict!.matters).to.deep.equal([selected, open])
      expect(conflict!.message).to.contain('450000-1')
    }
  })

  it('leaves pairs within the selection and within the open items to others', async () => {
    const among = await openItemConflicts(ctx, region, ['resident-pension', 'flexible-pension'], [{ slug: 'archive-transfer', number: 'n' }])
    expect(among).to.deep.equal([])
    const earlier = [{ slug: 'resident-pension', number: 'a' }, { slug: 'flexible-pension', number: 'b' }]
    expect(await openItemConflicts(ctx, region, ['archive-transfer'], earlier)).to.deep.equal([])
  })

  it('reports a matter that is open already, without a rule', async () => {
    const [conflict, ...more] = await openItemConflicts(ctx, region, ['flexible-pension'], [{ slug: 'flexible-pension', number: 'n' }])
    expect(more).to.deep.equal([])
    expect(conflict).to.include({ number: 'n', ruleId: null, clause: null })
    expect(conflict!.matters).to.deep.equal(['flexible-pension', 'flexible-pension'])
  })

  it('asks nothing when nothing is open', async () => {
    const decisions = tableDecisions()
    expect(await openItemConflicts({ decisions }, region, ['flexible-pension'], [])).to.deep.equal([])
    expect(decisions.asked).to.deep.equal([])
  })
})
