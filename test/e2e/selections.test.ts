import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { until } from '../support/until.ts'
import { department, engine } from './support/case.ts'
import { stack } from './support/root-stack.ts'

/** The nine matters and the four exclusions of 四(一)3–4 of the notice, written here by hand: the oracle of this file. */
const MATTERS = ['archive-transfer', 'resident-pension', 'flexible-pension', 'social-security-card', 'resident-medical',
  'resident-medical-change', 'flexible-medical', 'flexible-medical-change', 'contribution']
const EXCLUSIONS: readonly (readonly [string, string])[] = [
  ['resident-pension', 'flexible-pension'],
  ['resident-medical', 'flexible-medical'],
  ['resident-medical', 'resident-medical-change'],
  ['flexible-medical', 'flexible-medical-change']
]
const SUBSETS = Array.from({ length: 2 ** MATTERS.length }, (_, bits) => MATTERS.filter((_matter, index) => bits & (1 << index)))
const pairOf = (matters: readonly string[]) => [...matters].sort().join(' × ')
const expectedPairs = (subset: readonly string[]) => EXCLUSIONS.filter(pair => pair.every(one => subset.includes(one))).map(pairOf).sort()
const camel = (slug: string) => slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (slug: string) => camel(slug).replace(/^./, letter => letter.toUpperCase())

describe('all 512 selections @brief', () => {
  it('are answered by precheck with exactly the pairs of the notice, each with rule and clause', async () => {
    for (const subset of SUBSETS.filter(one => one.length > 0)) {
      const answer = await stack().anonymous.post('regions/guangxi/precheck', { channel: 'online', matters: subset })
      expect(answer.conflicts.map((one: { matters: string[] }) => pairOf(one.matters)).sort(), pairOf(subset)).to.deep.equal(expectedPairs(subset))
      for (const conflict of answer.conflicts) {
        expect(conflict.ruleId).to.be.a('string').and.not.empty
        expect(conflict.clause).to.match(/四|附件2|选办说明/)
      }
      expect(answer.matters.map((one: { slug: string }) => one.slug)).to.have.members(subset)
    }
  })

  it('are evaluated the same by the engine itself', async () => {
    for (const subset of SUBSETS) {
      const variables = Object.fromEntries(MATTERS.map(slug => [`sel${pascal(slug)}`, { value: subset.includes(slug), type: 'Boolean' }]))
      const rules = await engine('decision-definition/key/guangxi-exclusivity/evaluate', { variables })
      expect(rules.length, pairOf(subset)).to.equal(expectedPairs(subset).length)
    }
  })

  it('are refused by submit when they hold a pair', async () => {
    const applicant = await stack().newcomer()
    for (const pair of EXCLUSIONS) {
      const id = await applicant.draft('guangxi', [...pair])
      const answer = await applicant.send('POST', `applications/${id}/submit`, { confirmedNotices: pair, declarationAccepted: true, signature: null })
      expect(answer.status).to.equal(422)
      expect(answer.body.code).to.equal('APPLICATION_CONFLICT')
      expect(answer.body.conflicts.map((one: { matters: string[] }) => pairOf(one.matters))).to.deep.equal([pairOf(pair)])
      expect(answer.body.conflicts[0].ruleId).to.be.a('string')
      expect(answer.body.conflicts[0].clause).to.be.a('string')
    }
  })

  it('are refused by the rules step when a process is started behind the back of the server', async () => {
    const before = (await department('hrss', 'ledger')).entries.length + (await department('medical', 'ledger')).entries.length
    const started = await Promise.all(EXCLUSIONS.map(pair => startBehindTheBack(pair)))
    for (const instance of started) {
      await until('the end of the refused process', async () => {
        const [row] = await engine(`history/process-instance?processInstanceId=${instance.id}`)
        return row?.state === 'COMPLETED'
      })
      const ends = await engine(`history/activity-instance?processInstanceId=${instance.id}&activityType=noneEndEvent&maxResults=10`)
      expect(ends.map((one: { activityId: string }) => one.activityId)).to.deep.equal(['EndEvent_NotAccepted'])
      const called = await engine(`history/process-instance?superProcessInstanceId=${instance.id}&maxResults=10`)
      expect(called).to.deep.equal([])
    }
    const after = (await department('hrss', 'ledger')).entries.length + (await department('medical', 'ledger')).entries.length
    expect(after).to.equal(before)
  })
})

function startBehindTheBack(pair: readonly string[]) {
  const insurances = ['resident-pension', 'flexible-pension', 'resident-medical', 'flexible-medical']
  const text = (value: string) => ({ value, type: 'String' })
  const applicationId = randomUUID()
  return engine('process-definition/key/guangxi-enrolment/start', {
    businessKey: applicationId,
    variables: {
      applicationId: text(applicationId), region: text('guangxi'), division: text('450103'), channel: text('online'),
      ...Object.fromEntries(MATTERS.map(slug => [`sel${pascal(slug)}`, { value: pair.includes(slug), type: 'Boolean' }])),
      ...Object.fromEntries(insurances.map(slug => [`row${pascal(slug)}`, { value: false, type: 'Boolean' }])),
      ...Object.fromEntries(pair.map(slug => [`${camel(slug)}ItemId`, text(randomUUID())]))
    }
  })
}
