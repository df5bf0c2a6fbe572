import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { calendarYears } from '../../core/calendar/index.ts'
import { impersonalFacts } from '../../core/facts.ts'
import type { RawFacts } from '../../core/facts.ts'
import type { Region } from '../../core/region.ts'
import { createLiveCalendar } from '../../core/working-days.ts'
import { createBusinessClock } from '../../server/clock.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { conflictsAmong, selectionInputs } from '../../server/services/policy/exclusivity.ts'
import { contributionAdvice } from '../../server/services/policy/contribution-advice.ts'
import { eligibilityOf } from '../../server/services/policy/eligibility.ts'
import { precheck } from '../../server/services/policy/precheck.ts'
import type { PrecheckAnswer } from '../../server/services/policy/precheck.ts'
import { coveringCases, ORDINARY } from '../policy/cases.ts'
import { deployTables, engineDecisions } from '../policy/engine-decisions.ts'
import { EXCLUSIONS, MATTERS, PROMISES, judge } from '../policy/oracle.ts'
import type { MatterSlug } from '../policy/oracle.ts'
import { readFixtures } from '../regions/fixture-files.ts'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'

const TODAY = '2026-11-23'
const CHANNELS = ['online', 'window', 'platform'] as const
const SUBSETS = Array.from({ length: 2 ** MATTERS.length }, (_, bits) => MATTERS.filter((_slug, index) => bits & (1 << index)))
const region = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as Region
const pairOf = (matters: readonly string[]) => [...matters].sort().join(' × ')

describe('the decision tables of Guangxi on the real engine', function () {
  this.timeout(300_000)
  let engine: RunningEngine
  let decisions: ReturnType<typeof engineDecisions>
  before(async () => {
    engine = await startEngine()
    await deployTables(engine, 'guangxi')
    decisions = engineDecisions(engine)
  })
  after(() => engine?.stop())

  it('exclude exactly the four pairs of the notice in all 512 selections', async () => {
    for (const subset of SUBSETS) {
      const expected = EXCLUSIONS.filter(pair => pair.every(slug => subset.includes(slug))).map(pairOf)
      const found = await conflictsAmong({ decisions }, region, subset)
      expect(found.map(({ matters }) => pairOf(matters)).sort(), pairOf(subset)).to.deep.equal(expected.sort())
    }
  })

  it('say nothing about variables that are not theirs', async () => {
    const rows = await decisions.evaluate('guangxi-exclusivity', { ...selectionInputs(region, MATTERS), rowResidentPension: true, channel: 'online' })
    expect(rows).to.have.length(4)
  })

  it('tell in each month what the notes of the form say of paying, for this year and the next', async () => {
    for (let month = 1; month <= 12; month++) {
      const today = `2026-${String(month).padStart(2, '0')}-15`
      const ask = async (insurance: string, periodStart: string, extras: string[] = []) =>
        (await contributionAdvice({ decisions }, region, [{ insurance, periodStart, extras, standing: 'continuing' }], today))[0]!.rules
      const own = (rules: Awaited<ReturnType<typeof ask>>) => rules.find(({ share }) => share !== null)
      expect(own(await ask('resident-medical', '2026-01-01'))!.share, today).to.equal(month <= 6 ? 'own' : 'own-and-subsidy')
      expect(own(await ask('resident-medical', '2027-01-01'))!.verdict, today).to.equal(month >= 9 ? 'pay' : 'not-yet')
      const large = (await ask('flexible-medical', '2026-01-01', ['large-medical'])).find(({ component }) => component === 'large-medical')
      expect(large!.verdict, today).to.equal(month === 1 ? 'pay' : 'too-late')
    }
  })

  it('promise for each matter and channel what 六（二） says, and no statutory limit', async () => {
    for (const channel of CHANNELS) {
      for (const matter of MATTERS) {
        const rows = await decisions.evaluate('guangxi-deadlines', { matter, channel })
        const days = PROMISES[matter][channel === 'window' ? 1 : 0]
        expect(rows, `${matter} ${channel}`).to.have.length(1)
        expect(rows[0]).to.include({ kind: days ? 'promised' : 'immediate', promisedWorkingDays: days, statutoryWorkingDays: null })
      }
    }
  })

  it('let the machine decide only what was verified and needs no original seen', async () => {
    const byPeople: readonly string[] = ['archive-transfer', 'resident-pension']
    for (const matter of [...MATTERS, 'something-new', null]) {
      for (const channel of ['online', 'window', null]) {
        for (const verification of ['passed', 'doubtful', 'unavailable', 'something-new', null]) {
          for (const materialsState of ['complete', 'missing', 'original-pending', 'something-new', null]) {
            const rows = await decisions.evaluate('guangxi-review', { matter, channel, verification, materialsState })
            const isAuto = verification === 'passed' && materialsState === 'complete' && channel !== null &&
              MATTERS.includes(matter as MatterSlug) && !byPeople.includes(matter!)
            expect(rows.map(row => row.route), `${matter} ${channel} ${verification} ${materialsState}`).to.deep.equal([isAuto ? 'auto' : 'manual'])
          }
        }
      }
    }
  })

  it('send every matter somewhere, whatever is known of the person', async () => {
    const bases = new Set(['household', 'residence', 'archive', 'home'])
    for (const matter of [...MATTERS, 'something-new']) {
      for (const household of ['region', 'other', 'hmt', 'foreign', 'unknown', null]) {
        for (const residence of ['region', 'unknown']) {
          const rows = await decisions.evaluate('guangxi-jurisdiction', { matter, household, residence, archiveSituation: 'unknown' })
          expect(rows).to.have.length(1)
          expect(bases).to.include(rows[0]!.basis)
        }
      }
    }
  })

  it('judge every case of the covering array as the notice does, and each rule decides at least one alone', async () => {
    const decisive = new Set<unknown>()
    const differences: string[] = []
    for (const [index, { facts, channel }] of coveringCases().entries()) {
      const impersonal = impersonalFacts(facts, TODAY, region)
      // Only the declaration asks what else was selected, so some of the cases are enough for it alone.
      for (const matters of index % 8 === 0 ? [MATTERS, ['contribution'] as const] : [MATTERS]) {
        const answers = await eligibilityOf({ decisions }, region, { channel, matters, facts: impersonal })
        for (const slug of matters) {
          const answer = answers.get(slug)!
          const expected = judge(slug, { facts, channel, today: TODAY, alsoRegisters: matters.length > 1 })
          const found = { status: answer.status, isComplete: answer.missingFacts.length === 0 }
          if (JSON.stringify(found) !== JSON.stringify(expected)) {
            differences.push(`${slug} ${channel} ${JSON.stringify(facts)}: ${JSON.stringify(answer)}, expected ${JSON.stringify(expected)}`)
          }
          if (found.isComplete && answer.reasons.length === 1) decisive.add(answer.reasons[0]!.ruleId)
        }
      }
    }
    expect(differences.slice(0, 20), `${differences.length} in all`).to.deep.equal([])
    const rules = [...readFileSync('processes/guangxi/eligibility.dmn', 'utf8').matchAll(/<rule id="([^"]+)"/g)].map(match => match[1])
    expect(rules.filter(rule => !decisive.has(rule))).to.deep.equal([])
  })

  it('judge every fixture as it says itself', async () => {
    const regions = createRegionCatalogue()
    const calendar = createLiveCalendar(calendarYears)
    const judged = readFixtures('guangxi').filter(({ fixture }) => fixture.expect.status)
    expect(judged.length).to.be.above(40)
    for (const { slug, file, fixture: { today, input: { channel, matters = [], facts = {} }, expect: { status } } } of judged) {
      const ctx = { regions, calendar, decisions, clock: createBusinessClock({ now: `${today}T10:00:00+08:00` }) }
      const answer = await precheck(ctx, 'guangxi', { channel, matters: [...matters, slug], facts })
      expect(answer.matters.find(one => one.slug === slug)!.status, `${slug}/${file}`).to.equal(status)
    }
  })

  it('answer every selection on every channel whole, for an ordinary person and for nobody in particular', async () => {
    const clock = createBusinessClock({ now: `${TODAY}T09:00:00+08:00` })
    const ctx = { regions: createRegionCatalogue(), decisions, clock, calendar: createLiveCalendar(calendarYears) }
    for (const facts of [ORDINARY, {}]) {
      for (const channel of CHANNELS) {
        for (const subset of SUBSETS) expectWhole(await precheck(ctx, 'guangxi', { channel, matters: subset, facts }), { subset, channel, facts })
      }
    }
  })
})

interface Asked {
  readonly subset: readonly MatterSlug[]
  readonly channel: typeof CHANNELS[number]
  readonly facts: RawFacts
}

function expectWhole(answer: PrecheckAnswer, { subset, channel, facts }: Asked): void {
  const label = `${channel} ${pairOf(subset)}`
  const pairs = EXCLUSIONS.filter(pair => pair.every(slug => subset.includes(slug)))
  const alsoRegisters = subset.some(slug => region.insurances.some(insurance => insurance.slug === slug))
  const expected = subset.map(slug => pairs.flat().includes(slug) ? 'excluded'
    : judge(slug, { facts, channel, today: TODAY, alsoRegisters }).status)
  const days = subset.map(slug => PROMISES[slug][channel === 'window' ? 1 : 0])
  expect(answer.conflicts.map(({ matters }) => pairOf(matters)).sort(), label).to.deep.equal(pairs.map(pairOf).sort())
  expect(answer.matters.map(({ slug }) => slug), label).to.deep.equal(subset)
  expect(answer.matters.map(({ status }) => status), label).to.deep.equal(expected)
  expect(answer.deadlines.map(({ slug }) => slug), label).to.deep.equal(subset)
  expect(answer.deadlines.map(({ promisedWorkingDays }) => promisedWorkingDays), label).to.deep.equal(days)
  expect(answer.expectedWorkingDays, label).to.equal(Math.max(0, ...days))
  expect(answer.overallPromisedWorkingDays).to.equal(8)
  for (const material of answer.materials) {
    expect(material.replacedBy).to.equal(null)
    expect(material.matters, label).to.not.be.empty
    expect(subset).to.include.members([...material.matters])
  }
  const codes = answer.materials.map(({ code }) => code)
  expect(new Set(codes).size, label).to.equal(codes.length)
}
