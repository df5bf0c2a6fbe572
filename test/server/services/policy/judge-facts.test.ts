import { expect } from 'chai'
import type { Knex } from 'knex'
import type { RawFacts } from '../../../../core/facts.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { updateItem } from '../../../../server/db/items.ts'
import { judgeFacts } from '../../../../server/services/policy/judge-facts.ts'
import { findSubject } from '../../../../server/services/subjects.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import type { CaseOptions } from '../../support/case-context.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'

const HERE = '450103001001'
/** What the platform tells of somebody in no insurance. */
const FACTS: RawFacts = {
  employmentStatus: 'flexible', householdDivision: HERE, isStudent: false, isEmployerInsured: false, employerInsurances: [],
  currentEnrolments: [], hasAppliedForCard: false, cardAppliedIn: []
}
const ADULT = { sex: 'female', birthDate: '1990-08-16', householdDivision: HERE, residenceDivision: HERE }
const PASSED = { verification: 'passed' }

interface Situation extends Partial<CaseOptions> {
  /** Matter that the same application has registered already. */
  readonly registered?: string
  readonly variables?: Readonly<Record<string, string | boolean>>
}

onBothDatabases('services/policy/judge-facts', database => {
  let ctx: ServerContext
  let db: Knex
  before(async () => {
    db = await database.openMigrated()
    ctx = testContext(db)
  })

  async function judged(slug: string, facts: RawFacts | undefined, situation: Situation = {}) {
    const { person = ADULT, matters = [slug], rows, registered, variables = PASSED } = situation
    const one = await submittedCase(ctx, { matters, rows, person })
    if (registered) await updateItem(db, one.item(registered), { receipt_number: 'R-1' }, ctx.clock.now())
    const subject = (await findSubject(db, rows?.[0] ? one.row(rows[0]) : one.item(slug)))!
    const { doubts, ...answer } = await judgeFacts(ctx, subject, { variables, facts })
    return { ...answer, rules: doubts.map(({ code, ruleId }) => ruleId ?? code), doubts }
  }

  it('leaves a verification alone when the conditions are met', async () => {
    for (const slug of ['flexible-pension', 'resident-pension', 'resident-medical', 'flexible-medical', 'social-security-card']) {
      expect(await judged(slug, FACTS), slug).to.deep.equal({ variables: PASSED, missingFacts: [], rules: [], doubts: [] })
    }
  })

  it('does not let a machine register whom the conditions refuse, and tells rule and clause', async () => {
    const { variables, doubts } = await judged('flexible-pension', FACTS, { person: { ...ADULT, sex: 'male', birthDate: '1960-01-05' } })
    expect(variables).to.deep.equal({ verification: 'doubtful' })
    expect(doubts).to.have.length(1)
    expect(doubts[0]).to.include({ code: 'CONDITION_NOT_MET', ruleId: 'eligibility-flexible-pension-retirement-age', source: 'rule' })
    expect(doubts[0]!.clause).to.contain('尚未达到法定退休年龄')
  })

  it('leads what the notice leaves open to a person', async () => {
    const woman = await judged('flexible-pension', FACTS, { person: { ...ADULT, birthDate: '1972-03-22' } })
    expect([woman.variables, woman.rules]).to.deep.equal([{ verification: 'doubtful' }, ['eligibility-flexible-pension-retirement-age-depends']])
    expect(woman.doubts[0]!.code).to.equal('CONDITION_UNCLEAR')
  })

  it('takes a fact that could not be had for unknown, never for false', async () => {
    const { currentEnrolments: _enrolments, isEmployerInsured: _employer, employerInsurances: _list, ...rest } = FACTS
    const { variables, rules, missingFacts, doubts } = await judged('flexible-medical', rest)
    expect([variables, rules]).to.deep.equal([{ verification: 'doubtful' }, ['FACT_UNKNOWN']])
    expect(missingFacts).to.have.members(['currentEnrolments', 'isEmployerInsured'])
    expect(doubts[0]!.message).to.match(/^未能核实.*已参加的社会保险.*须由工作人员核对。$/)
  })

  it('believes the register before the form about the household', async () => {
    const { rules } = await judged('resident-pension', { ...FACTS, householdDivision: '440305001001' })
    expect(rules).to.deep.equal(['eligibility-resident-pension-household-elsewhere'])
  })

  it('does not count what the same application has registered by now', async () => {
    const matters = ['flexible-pension', 'resident-medical']
    const facts: RawFacts = { ...FACTS, currentEnrolments: ['employee-pension', 'resident-medical'] }
    expect((await judged('flexible-pension', facts, { matters, registered: 'resident-medical' })).rules)
      .to.deep.equal(['eligibility-flexible-pension-in-employee-pension'])
    const own: RawFacts = { ...FACTS, currentEnrolments: ['resident-medical'] }
    expect((await judged('flexible-medical', own, { matters: ['flexible-medical'] })).rules).to.deep.equal(['eligibility-flexible-medical-in-resident-medical'])
    expect((await judged('resident-medical', { ...FACTS, currentEnrolments: ['employee-pension'] }, { matters, registered: 'flexible-pension' })).rules)
      .to.deep.equal([])
  })

  it('reads from the step\'s own answer what is changed', async () => {
    const insured: RawFacts = { ...FACTS, currentEnrolments: ['resident-medical'] }
    const change = (changesNameOrIdNumber: boolean) =>
      judged('resident-medical-change', insured, { variables: { ...PASSED, changesNameOrIdNumber } })
    expect((await change(false)).rules).to.deep.equal([])
    expect((await change(true)).rules).to.deep.equal(['eligibility-resident-medical-change-window-only'])
  })

  it('judges nothing without facts, without an answer of the platform, and for a row of a declaration', async () => {
    const retired = { person: { ...ADULT, sex: 'male', birthDate: '1960-01-05' } }
    expect((await judged('flexible-pension', undefined, retired)).variables).to.deep.equal(PASSED)
    expect((await judged('flexible-pension', FACTS, { ...retired, variables: { verification: 'unavailable' } })).rules).to.deep.equal([])
    expect((await judged('contribution', FACTS, { rows: ['flexible-pension'] })).rules).to.deep.equal([])
  })
})
