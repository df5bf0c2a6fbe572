import { expect } from 'chai'
import { createRegionCatalogue } from '../../../../../server/regions/catalogue.ts'
import type { RegionFixture } from '../../../../../server/regions/fixtures.ts'
import { fixtureScenarios } from '../../../../../server/services/studio/scenarios/plan.ts'
import { answerOf } from '../../../../../server/services/studio/scenarios/step-answers.ts'

describe('what a rehearsal makes of a fixture', () => {
  const regions = createRegionCatalogue()
  const cadre = regions.fixtures('guangxi').find(one => one.file === 'ok-village-cadre-shows-papers')!
  const played = (change: Partial<RegionFixture['expect']>) => fixtureScenarios(regions.get('guangxi'), [{ ...cadre, expect: { ...cadre.expect, ...change } }])
  const answered = (step: string, change: Partial<RegionFixture['expect']> = {}) => {
    const asked = { topic: `guangxi.resident-pension.${step}`, name: '', inputs: {}, group: 'hrss', now: 0 }
    return answerOf(regions.steps('guangxi'), asked, played(change)[0]!.choices).results
  }

  it('is answered by the steps as the fixture says, and otherwise when the fixture is changed', () => {
    expect(answered('verify-special-group')).to.deep.equal({ specialGroup: 'unconfirmed' })
    expect(answered('verify-special-group', { steps: { 'verify-special-group': { specialGroup: 'confirmed' } } })).to.deep.equal({ specialGroup: 'confirmed' })
    expect(answered('register')).to.deep.equal({ registration: 'registered' })
    expect(answered('register', { steps: { register: { registration: 'refused' } } })).to.deep.equal({ registration: 'refused' })
  })

  it('expects what the fixture expects, and plays nothing that the form refuses', () => {
    expect(played({}).map(({ expected }) => expected)).to.deep.equal(['approved-by-clerk'])
    expect(played({ outcome: 'rejected-by-clerk' }).map(({ expected }) => expected)).to.deep.equal(['rejected-by-clerk'])
    expect(played({ form: ['/item/specialGroups'] })).to.deep.equal([])
  })
})
