import { expect } from 'chai'
import { calendarYears } from '../../../../core/calendar/index.ts'
import { createLiveCalendar } from '../../../../core/working-days.ts'
import { createBusinessClock } from '../../../../server/clock.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { precheck } from '../../../../server/services/policy/precheck.ts'
import { ORDINARY } from '../../../policy/cases.ts'
import { tableDecisions } from '../../../policy/table-decisions.ts'

const decisions = tableDecisions()
const ctx = {
  regions: createRegionCatalogue(), decisions, calendar: createLiveCalendar(calendarYears),
  clock: createBusinessClock({ now: '2026-09-24T09:00:00+08:00' })
}
const ask = (matters: readonly string[], rest: object = {}) => precheck(ctx, 'guangxi', { channel: 'online', matters, facts: ORDINARY, ...rest })
const failure = (answer: Promise<unknown>) => answer.then(() => undefined, (reason: unknown) => reason)

describe('precheck', () => {
  it('answers a selection whole', async () => {
    const answer = await ask(['flexible-pension', 'social-security-card', 'flexible-medical', 'contribution'])
    expect(answer.conflicts).to.deep.equal([])
    expect(answer.matters.map(({ slug, status }) => `${slug} ${status}`)).to.deep.equal([
      'flexible-pension eligible', 'social-security-card eligible', 'flexible-medical eligible', 'contribution eligible'])
    expect(answer.deadlines[1]).to.deep.equal({
      slug: 'social-security-card', kind: 'promised', promisedWorkingDays: 5, statutoryWorkingDays: null, dueDate: '2026-10-09', isProvisional: false
    })
    expect(answer.materials.map(({ code }) => code)).to.include.members(['application-form', 'identity', 'photo'])
    expect(answer).to.include({ overallPromisedWorkingDays: 8, expectedWorkingDays: 5 })
  })

  it('has exactly the members of the contract in what it lists', async () => {
    const { conflicts, matters, materials, deadlines } = await ask(['resident-pension', 'flexible-pension'])
    expect(conflicts[0]).to.have.all.keys('ruleId', 'matters', 'clause', 'message')
    expect(matters[0]).to.have.all.keys('slug', 'status', 'reasons', 'missingFacts')
    expect(matters[0]!.reasons[0]).to.have.all.keys('ruleId', 'clause', 'message')
    expect(materials[0]).to.include.all.keys('code', 'name', 'matters', 'form', 'required', 'replacedBy', 'clause')
    expect(materials.every(({ replacedBy }) => replacedBy === null)).to.equal(true)
    expect(deadlines[0]).to.have.all.keys('slug', 'kind', 'promisedWorkingDays', 'statutoryWorkingDays', 'dueDate', 'isProvisional')
  })

  it('excludes both of a pair and leaves the others as they are', async () => {
    const { matters, conflicts } = await ask(['resident-pension', 'social-security-card', 'flexible-pension'], { facts: { ...ORDINARY, birthDate: '1960-01-01' } })
    expect(matters.map(({ status }) => status)).to.deep.equal(['excluded', 'eligible', 'excluded'])
    expect(matters[0]!.reasons.map(({ ruleId }) => ruleId)).to.deep.equal([conflicts[0]!.ruleId])
    expect(matters[2]!.reasons.map(({ ruleId }) => ruleId))
      .to.deep.equal([conflicts[0]!.ruleId, 'eligibility-flexible-pension-retirement-age'])
  })

  it('asks each table once, whatever is selected, but for the deadline of each matter', async () => {
    decisions.asked.length = 0
    await ask(['archive-transfer', 'resident-pension', 'resident-medical'])
    expect(decisions.asked).to.deep.equal(['guangxi-exclusivity', 'guangxi-eligibility', 'guangxi-needed-facts', 'guangxi-materials',
      'guangxi-deadlines', 'guangxi-deadlines', 'guangxi-deadlines'])
  })

  it('answers a matter that is asked for twice once, and nothing with nothing', async () => {
    expect((await ask(['contribution', 'contribution'])).matters).to.have.length(1)
    expect(await ask([])).to.deep.include({ conflicts: [], matters: [], materials: [], deadlines: [], expectedWorkingDays: 0 })
  })

  it('takes the window\'s own promise', async () => {
    expect(await ask(['resident-pension'], { channel: 'window' })).to.include({ expectedWorkingDays: 8 })
  })

  it('refuses what it does not know, by field', async () => {
    const error = await failure(ask(['contribution', 'fly-to-the-moon']))
    expect(error).to.include({ code: 'MATTER_UNKNOWN', status: 422 })
    expect(error).to.have.nested.property('fields[0].path', '/matters/1')
    expect(await failure(precheck(ctx, 'atlantis', { channel: 'online', matters: [] }))).to.include({ code: 'REGION_UNKNOWN' })
  })
})
