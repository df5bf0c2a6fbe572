import { expect } from 'chai'
import { calendarYears } from '../../core/calendar/index.ts'
import { createCalendar } from '../../core/working-days.ts'
import type { ApiClient } from '../../scripts/client.ts'
import { addRule } from '../../scripts/templates/table.ts'
import { withCheckDigit } from '../support/people.ts'
import { copyRepository } from '../support/repository-copy.ts'
import type { RepositoryCopy } from '../support/repository-copy.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const SUBSIDY = { slug: 'training-subsidy', title: '技能培训补贴申领' }
const LOAN = { slug: 'startup-loan', title: '创业担保贷款申请' }
const EXCLUSION = `${SUBSIDY.title}和${LOAN.title}不可同时选办`
const calendar = createCalendar(calendarYears)
const DEADLINE = `${SUBSIDY.title}自受理之日起7个工作日内办结`
/** Nobody whom a public register knows: a clerk has to look. */
const UNKNOWN = 'citizen-shuzhou-unknown'

/** The province as its designer and its lawyer leave it: an exclusion, a deadline and a form field of its own. */
async function makeProvince(copy: RepositoryCopy): Promise<void> {
  const region = ['--name', '蜀州省', '--code', '510000', '--matter', SUBSIDY.slug, '--title', SUBSIDY.title]
  for (const [file, ...args] of [['region', 'shuzhou', ...region], ['matter', `shuzhou/${LOAN.slug}`, '--title', LOAN.title]]) {
    const { code, output } = await copy.script(`scripts/new-${file}.ts`, ...args)
    expect(code, output).to.equal(0)
  }
  const sentence = (text: string) => text.replaceAll(`${SUBSIDY.title}自受理之日起5个工作日内办结`, DEADLINE)
  copy.edit('regions/shuzhou/clauses.json', text => sentence(text)
    .replace('"clauses": [', `"clauses": [\n    {"id": "二", "kind": "exclusion", "matters": ["*"], "text": "${EXCLUSION}"},`))
  copy.edit('regions/shuzhou/notice.txt', text => sentence(text).replace('\n三、', `${EXCLUSION}。\n\n三、`))
  copy.edit('processes/shuzhou/deadlines.dmn', xml => sentence(xml)
    .replace(/(training-subsidy\.out\.promisedWorkingDays"><text>)5/, '$17'))
  copy.edit('processes/shuzhou/exclusivity.dmn', xml => addRule(xml, {
    id: 'exclusive-subsidy-loan', description: '补贴和贷款不可同时选办', when: { selTrainingSubsidy: 'true', selStartupLoan: 'true' },
    then: {
      matterA: `"${SUBSIDY.slug}"`, matterB: `"${LOAN.slug}"`, clause: `"办事指南二：“${EXCLUSION}”"`, message: '"补贴和贷款请只选一项。"'
    }
  }))
  const course = { title: '培训课程', type: 'string', maxLength: 50, 'x-extra': '附件2 技能培训补贴申领' }
  copy.edit(`forms/shuzhou/${SUBSIDY.slug}.schema.json`, text => text.replace('"required": []', '"required": ["course"]')
    .replace('"properties": {', `"properties": {\n    "course": ${JSON.stringify(course)},`)
    .replace('"examples": [{', '"examples": [{ "course": "中式面点",'))
  copy.edit(`forms/shuzhou/${SUBSIDY.slug}.ui.json`, text => text.replace('["startedOn"', '["course", "startedOn"'))
  copy.edit('regions/shuzhou/steps.json', text =>
    text.replace(/(training-subsidy\.register": \{[^]*?"fields": \{)/, '$1 "course": "/item/course",'))
  copy.edit('regions/shuzhou/people.json', text => {
    const people = JSON.parse(text)
    const idNumber = withCheckDigit('51010219920615005')
    const unknown = { ...people[0].person, name: '沈行', sex: 'male', birthDate: '1992-06-15', idNumber, mobile: '13951000009', isRegistered: false }
    return JSON.stringify([...people, { account: UNKNOWN, region: 'shuzhou', person: unknown }])
  })
}

describe('a third province made from the template', () => {
  let copy: RepositoryCopy
  let stack: Stack
  let applicant: ApiClient

  before(async function () {
    this.timeout(180_000)
    copy = copyRepository()
    await makeProvince(copy)
    stack = await startStack({ engine: 'operaton', database: 'embedded', people: 1, env: { REGIONS_DIR: copy.root } })
    applicant = await stack.as(UNKNOWN)
  })
  after(async function () {
    this.timeout(60_000)
    await stack?.stop()
    copy?.remove()
  })

  it('passes every test that the other regions pass', async function () {
    this.timeout(120_000)
    const suites = ['test/regions/*.test.ts', 'test/forms/*.test.ts', 'test/docs/*.test.ts']
    const { output } = await copy.command('mocha', ...suites, '--grep', 'shuzhou')
    expect(output).to.match(/[1-9]\d+ passed, 0 failed/)
  })

  it('is offered beside the others', async () => {
    const { regions } = await stack.anonymous.get('regions')
    expect(regions.map(({ slug }: any) => slug)).to.include.members(['guangxi', 'ningxia', 'shuzhou'])
  })

  it('refuses by its own exclusion, and asks for its own field', async () => {
    const both = [SUBSIDY.slug, LOAN.slug]
    const conflict = await applicant.send('POST', `applications/${await applicant.draft('shuzhou', both)}/submit`,
      { confirmedNotices: both, declarationAccepted: true, signature: null })
    expect(conflict.status).to.equal(422)
    expect(conflict.body.code).to.equal('APPLICATION_CONFLICT')
    expect(conflict.body.conflicts[0]).to.deep.include({ ruleId: 'exclusive-subsidy-loan', clause: `办事指南二：“${EXCLUSION}”` })

    const one = [SUBSIDY.slug]
    const draft = await applicant.draft('shuzhou', one, content => { delete content.items[SUBSIDY.slug].course })
    const lacking = await applicant.send('POST', `applications/${draft}/submit`,
      { confirmedNotices: one, declarationAccepted: true, signature: null })
    expect(lacking.status).to.equal(422)
    expect(lacking.body.fields.map(({ path }: any) => path)).to.deep.equal([`/items/${SUBSIDY.slug}/course`])
  })

  it('takes a case over its clerk and its window to delivery, within its own deadline, unseen by other regions', async function () {
    this.timeout(120_000)
    const [hrss, window, stranger] = await Promise.all(['hrss-shuzhou', 'window-shuzhou', 'hrss-gx'].map(account => stack.as(account)))
    const { id, number } = await applicant.apply('shuzhou', [SUBSIDY.slug], draft => {
      draft.items[SUBSIDY.slug].delivery = { method: 'window' }
    })
    expect(number).to.match(/^510000/)
    const decide = async (clerk: ApiClient) => {
      const [task] = (await clerk.get(`tasks?queue=all&applicationId=${id}`)).tasks
      if (!task) return undefined
      await clerk.post(`tasks/${task.id}/claim`)
      return clerk.post(`tasks/${task.id}/complete`, { decision: task.decisions[0].value })
    }
    const application = () => applicant.get(`applications/${id}`)
    await until('the review', async () => (await hrss!.get(`tasks?queue=all&applicationId=${id}`)).tasks.length === 1)
    const { deadline } = (await application()).items[0]
    expect(deadline.promisedDueDate).to.equal(calendar.addWorkingDays(deadline.acceptedOn, 7).date)
    expect((await stranger!.get(`tasks?queue=all&applicationId=${id}`)).tasks).to.deep.equal([])
    expect((await stranger!.send('GET', `applications/${id}`)).status).to.equal(404)

    await until('the decision', () => decide(hrss!))
    await until('the hand-over', () => decide(window!))
    const closed = await until('the end', async () => {
      const now = await application()
      return now.status === 'completed' && now
    })
    expect(closed.items[0]).to.include({ slug: SUBSIDY.slug, outcome: 'approved', status: 'delivered' })
    expect(closed.items[0].receipt.number).to.match(/^RS\d/)
  })

  it('decides by machine what its registers confirm', async function () {
    this.timeout(60_000)
    const known = await stack.as('citizen-shuzhou-1')
    const { id } = await known.apply('shuzhou', [LOAN.slug])
    const closed = await until('the end', async () => {
      const now = await known.get(`applications/${id}`)
      return now.status === 'completed' && now
    })
    expect(closed.items[0]).to.include({ slug: LOAN.slug, outcome: 'approved', status: 'delivered' })
  })

  it('leaves every file outside its own folders as it was', () => {
    expect(copy.differences('shuzhou')).to.deep.equal([])
    expect(copy.differences('nowhere').some(path => path.startsWith('regions/shuzhou/')), 'a difference would be seen').to.equal(true)
  })
})
