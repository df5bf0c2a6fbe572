import { expect } from 'chai'
import { calendarYears } from '../../core/calendar/index.ts'
import type { DepartmentReply, Matter, StepResult } from '../../core/matter.ts'
import { createLiveCalendar } from '../../core/working-days.ts'
import { readPeople } from '../../departments/people/index.ts'
import { createBusinessClock } from '../../server/clock.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { checkForm, normaliseContent } from '../../server/services/forms/form-check.ts'
import { precheck } from '../../server/services/policy/precheck.ts'
import { formContext } from '../forms/support.ts'
import { tableDecisions } from '../policy/table-decisions.ts'
import { departmentsFixture } from '../workers/departments-fixture.ts'
import type { DepartmentsFixture } from '../workers/departments-fixture.ts'
import { contentOf, readFixtures } from './fixture-files.ts'
import type { Fixture, FixtureFile } from './fixture-files.ts'

const regions = createRegionCatalogue()
const people = readPeople()
const calendar = createLiveCalendar(calendarYears)
const decisions = tableDecisions()

for (const { slug: region } of regions.all()) describe(`fixtures of ${region}: form, tables and handlers`, () => {
  const fixtures = readFixtures(region)
  let departments: DepartmentsFixture
  before(async () => { departments = await departmentsFixture(['hrss', 'medical', 'tax', 'data-sharing', 'post']) })
  after(() => departments.stop())

  for (const { slug } of regions.get(region).matters) {
    it(`${slug}: at least eight, some accepted and some refused`, () => {
      const own = fixtures.filter(one => one.slug === slug)
      expect(own.length).to.be.at.least(8)
      for (const kind of ['ok-', 'refused-']) expect(own.some(({ file }) => file.startsWith(kind)), kind).to.equal(true)
      expect(new Set(own.map(({ fixture }) => fixture.name)).size).to.equal(own.length)
      expect(own.some(({ fixture }) => fixture.expect.steps), 'one that goes through the handlers').to.equal(true)
    })
  }

  for (const one of fixtures) {
    const { slug, file, fixture } = one
    it(`${slug}/${file}: ${fixture.name}`, async () => {
      const { form, status, steps } = fixture.expect
      expect([form, status, steps].some(expected => expected !== undefined), 'expects something').to.equal(true)
      if (form) expect(problemsOf(one)).to.deep.equal(form)
      if (status) expect(await statusByTables(one)).to.equal(status)
      if (fixture.input.person) agreeWithRecords(fixture)
      if (steps) await runSteps(one, departments)
    })
  }
})

function problemsOf(one: FixtureFile): { path: string; code: string }[] {
  const { region, slug, fixture } = one
  const { input: { matters = [], channel }, today } = fixture
  const content = normaliseContent(contentOf(one, personOf(fixture)))
  return checkForm(formContext, region, content, [...matters, slug], { channel, today }).map(({ path, code }) => ({ path, code }))
}

async function statusByTables({ region, slug, fixture }: FixtureFile): Promise<string> {
  const { input: { matters = [], channel, facts = {} }, today } = fixture
  const ctx = { regions, decisions, calendar, clock: createBusinessClock({ now: `${today}T10:00:00+08:00` }) }
  const answer = await precheck(ctx, region, { channel, matters: [...matters, slug], facts })
  return answer.matters.find(one => one.slug === slug)!.status
}

function personOf({ input }: Fixture): object {
  if (input.person === undefined) return {}
  const known = people.byAccount(input.person)
  expect(known, `${input.person} is one of the demo people`).to.not.equal(undefined)
  return known!.person
}

/** The facts are written out so that the file can be read alone; they must be those of the named person. */
function agreeWithRecords({ input }: Fixture): void {
  const { person, records } = people.byAccount(input.person!)!
  const { birthDate, sex, idType, householdDivision, residenceDivision } = person
  const { employmentStatus, student, employerInsured, employerInsurances, currentEnrolments, cardApplied, cardAppliedIn } = records
  const { changesNameOrIdNumber: _name, hasSpecialPayment: _payment, medicalAction: _action, ...told } = input.facts!
  const known = {
    birthDate, sex, idType, householdDivision, residenceDivision, employmentStatus, isStudent: student, isEmployerInsured: employerInsured,
    employerInsurances, currentEnrolments, hasAppliedForCard: cardApplied, cardAppliedIn
  }
  expect(told).to.deep.equal(JSON.parse(JSON.stringify(known)))
}

/** The matter's own handlers, told what `steps.json` lists, before the departments' real doors. */
async function runSteps(one: FixtureFile, departments: DepartmentsFixture): Promise<void> {
  const { region, slug, file, fixture } = one
  const { matter } = await import(`../../workers/${region}/${slug}.ts`) as { matter: Matter }
  const { common, items } = contentOf(one, personOf(fixture))
  const item = items[slug] as { rows?: { insurance: string }[] }
  const row: Record<string, unknown> & { insurance?: string } = { ...item.rows?.[0] }
  const { homeDivision: division, insurances, matters } = regions.get(region)
  const { fee } = matters.find(known => known.slug === slug)!
  const insurance = row.insurance === undefined ? {} : { insurance: row.insurance }
  const context = { region, division, channel: fixture.input.channel, slug, ...insurance }
  for (const [step, { reasons = [], ...variables }] of Object.entries(fixture.expect.steps!)) {
    const { fields: aliases, department, asksDepartmentOf, answers = {} } = regions.steps(region)[`${region}.${slug}.${step}`]!
    const asked = asksDepartmentOf ? insurances.find(known => known.slug === row.insurance)!.department : department
    const call = (kind: string, body: object) =>
      send(departments.urls[asked as 'hrss'], kind, `${slug}-${file}:${step}:1`, body)
    const source = { common, item, row, fee, materials: fixture.input.materials }
    const fields = Object.fromEntries(Object.entries(aliases).map(([alias, pointer]) => [alias, valueAt(source, pointer)]))
    const result: StepResult = await matter.steps[step]!({ fields: withoutNull(fields), context }, { department: call, ask: call })
    expect({ ...result.variables, reasons: result.reasons.map(({ code }) => code) }, step).to.deep.equal({ ...variables, reasons })
    for (const [variable, value] of Object.entries(result.variables)) expect(answers[variable], `${step} in steps.json`).to.include(value)
    // The next step is told the amount that this one found (server/services/finish-step.ts).
    if (result.amounts) row['amountFen'] = result.amounts.amountFen
  }
}

async function send(url: string, kind: string, requestId: string, body: object): Promise<DepartmentReply> {
  const response = await fetch(`${url}/v1/requests/${kind}`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-request-id': requestId }, body: JSON.stringify(body)
  })
  const text = await response.text()
  expect(response.status, `${kind}: ${text}`).to.equal(200)
  return JSON.parse(text) as DepartmentReply
}

function valueAt(source: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], source)
}

function withoutNull(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))
}
