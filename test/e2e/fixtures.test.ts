import { expect } from 'chai'
import { formatInstant } from '../../core/dates.ts'
import type { ApiClient } from '../../scripts/client.ts'
import { createTokenSource } from '../../workers/runtime/token.ts'
import { writeStaff } from '../support/people.ts'
import { drawPortrait } from '../support/portrait.ts'
import { clerksOf, isFinal, itemOf } from './support/case.ts'
import { fixtureCases } from './support/fixture-people.ts'
import type { FixtureCase } from './support/fixture-people.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

/** What is asked only before an application, because 附件2 has no field for it. */
const BEFORE_THE_FORM = (one: FixtureCase) => one.fixture.input.facts?.hasSpecialPayment !== undefined
const AT_ONCE = 8
/** A case goes to the desk of its household; no clerk of the demonstration works for those beyond Nanning. */
const ELSEWHERE = { account: 'medical-everywhere-gx', name: '莫广程', roles: ['clerk'], region: 'guangxi', department: 'medical', division: null }

interface Running {
  readonly one: FixtureCase
  readonly applicant: ApiClient
  readonly id: string
  /** Decisions of clerks about the item, and what they had before them. */
  readonly reviews: { decision: string; reasons: any[] }[]
  application?: any
}

/** Sets the business date, as an operator of the development system does. */
async function setClock(iso: string): Promise<void> {
  const { options, secrets } = stack().system
  const token = await createTokenSource(secrets.WORKER_TOKEN_SECRET!, 'test')()
  const answer = await fetch(`http://127.0.0.1:${options.port + 1}/internal/v1/clock`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ now: iso })
  })
  if (!answer.ok) throw new Error(`clock: ${answer.status} ${await answer.text()}`)
}

/** Some at a time: the sign-in is the slowest part. */
async function inTurn<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let start = 0; start < list.length; start += AT_ONCE) done.push(...await Promise.all(list.slice(start, start + AT_ONCE).map(work)))
  return done
}

async function draftOf(one: FixtureCase): Promise<{ client: ApiClient; id: string; matters: string[] }> {
  const { slug, fixture: { input: { channel, matters = [] } }, content, account } = one
  const client = await stack().as(channel === 'window' ? 'window-gx' : account.account)
  const selected = [...matters, slug]
  const { id } = await client.post('applications', { region: 'guangxi', channel, matters: selected, ...content })
  return { client, id, matters: selected }
}

const submission = (matters: readonly string[]) => ({ confirmedNotices: matters, declarationAccepted: true, signature: null })

/** A photo that the fixture has: one that is not of the standard is mended or refused at the upload, so it never comes this far. */
async function uploadPhoto(client: ApiClient, id: string, { fixture }: FixtureCase): Promise<void> {
  const photo = (fixture.input.materials as { photo?: { dpi: number; isDoubtful?: boolean } } | undefined)?.photo
  if (!photo || photo.dpi !== 350) return
  const picture = await (await drawPortrait(photo.isDoubtful ? { corner: 0.1 } : {})).jpeg({ quality: 90 }).toBuffer()
  const form = new FormData()
  form.set('code', 'photo')
  form.set('slug', 'social-security-card')
  form.set('file', new Blob([new Uint8Array(picture)]), '照片.jpg')
  await client.call('POST', `applications/${id}/materials`, form)
}

async function submitted(one: FixtureCase): Promise<Running> {
  const { client, id, matters } = await draftOf(one)
  await uploadPhoto(client, id, one)
  await client.call('POST', `applications/${id}/submit`, submission(matters))
  return { one, applicant: client, id, reviews: [] }
}

/** The clerks of all departments, until every case is at its end: whoever may not be insured is rejected, everybody else approved. */
async function decideAll(running: readonly Running[]): Promise<void> {
  const deadline = Date.now() + 150_000
  const byId = new Map(running.map(one => [one.id, one]))
  while (Date.now() < deadline) {
    for (const account of [...clerksOf('guangxi'), ELSEWHERE.account]) {
      const clerk = await stack().as(account)
      const { tasks } = await clerk.get('tasks?queue=all&limit=100')
      await inTurn(tasks.filter((task: any) => byId.has(task.applicationId)), task => decide(clerk, task, byId.get((task as any).applicationId)!))
    }
    await inTurn(running.filter(one => !isOver(one)), async one => { one.application = await one.applicant.get(`applications/${one.id}`) })
    if (running.every(isOver)) return
    await new Promise(resolve => setTimeout(resolve, 300))
  }
}

const isOver = ({ one, application }: Running): boolean => application !== undefined && isFinal(itemOf(application, one.slug))

async function decide(clerk: ApiClient, task: any, { one, id, reviews }: Running): Promise<void> {
  const isRefused = one.fixture.expect.outcome === 'rejected-by-clerk' && task.slug === one.slug && task.kind === 'review'
  const body = isRefused
    ? { decision: 'reject', reasonCode: 'NOT_ELIGIBLE', reasonText: '不符合受理条件' } : { decision: task.decisions[0].value }
  const { reasons } = itemOf(await clerk.get(`applications/${id}`), task.slug)
  if ((await clerk.send('POST', `tasks/${task.id}/claim`, {})).status !== 200) return
  const done = await clerk.send('POST', `tasks/${task.id}/complete`, body)
  if (done.status === 200 && task.kind === 'review' && task.slug === one.slug) reviews.push({ decision: body.decision, reasons })
}

function outcomeOf({ one, application, reviews }: Running): string {
  if (!application) return 'not read'
  const { status } = itemOf(application, one.slug)
  if (status !== 'delivered' && status !== 'rejected') return status
  if (status === 'delivered') return reviews.length > 0 ? 'approved-by-clerk' : 'approved-by-system'
  return reviews.some(({ decision }) => decision === 'reject') ? 'rejected-by-clerk' : 'rejected-by-department'
}

describe('every fixture of Guangxi through form, tables, engine, workers and departments', function () {
  this.timeout(240_000)
  const cases = fixtureCases('guangxi')
  const problemsOf = ({ fixture: { expect: { form = [], submission = [] } } }: FixtureCase) => [...form, ...submission]
  const refusedByForm = cases.filter(one => problemsOf(one).length)
  const decided = cases.filter(({ fixture }) => fixture.expect.outcome)
  const running = new Map<FixtureCase, Running>()

  before(async () => {
    writeStaff(stack().dataDir, [ELSEWHERE])
    for (const today of new Set(decided.map(({ fixture }) => fixture.today))) {
      await setClock(`${today}T09:30:00+08:00`)
      const group = await inTurn(decided.filter(({ fixture }) => fixture.today === today), submitted)
      await decideAll(group)
      for (const one of group) running.set(one.one, one)
    }
  })
  after(() => setClock(formatInstant(Date.now())))

  it('says of each how it ends, except where only the questions before the form can tell', () => {
    const silent = cases.filter(one => !one.fixture.expect.outcome && problemsOf(one).length === 0 && !BEFORE_THE_FORM(one))
    expect(silent.map(({ slug, file }) => `${slug}/${file}`)).to.deep.equal([])
    for (const { file, fixture: { expect: { outcome } } } of decided) expect(outcome!.startsWith('approved'), file).to.equal(file.startsWith('ok-'))
  })

  for (const one of refusedByForm) {
    it(`${one.slug}/${one.file} is not submitted: ${one.fixture.name}`, async () => {
      await setClock(`${one.fixture.today}T09:30:00+08:00`)
      const { client, id, matters } = await draftOf(one)
      const { status, body } = await client.send('POST', `applications/${id}/submit`, submission(matters))
      expect([status, body.code], JSON.stringify(body)).to.deep.equal([422, 'FORM_INVALID'])
      expect(body.fields.map(({ path, code }: any) => ({ path, code }))).to.deep.equal(problemsOf(one))
      expect((await client.get(`applications/${id}`)).status).to.equal('draft')
    })
  }

  for (const one of cases.filter(BEFORE_THE_FORM)) {
    it(`${one.slug}/${one.file} is told before the form: ${one.fixture.name}`, async () => {
      const { channel, matters = [], facts } = one.fixture.input
      const answer = await stack().anonymous.call('POST', 'regions/guangxi/precheck', { channel, matters: [...matters, one.slug], facts })
      const { status, reasons } = answer.matters.find((matter: any) => matter.slug === one.slug)
      expect(status).to.equal(one.fixture.expect.status)
      expect(reasons.map(({ clause }: any) => clause).join()).to.contain(one.fixture.clause.replace('附件1 ', ''))
    })
  }

  for (const one of decided) {
    const { outcome, status } = one.fixture.expect
    it(`${one.slug}/${one.file} is ${outcome!.replaceAll('-', ' ')}: ${one.fixture.name}`, () => {
      const run = running.get(one)!
      const seen = JSON.stringify({ item: run.application && itemOf(run.application, one.slug), reviews: run.reviews })
      expect(outcomeOf(run), seen).to.equal(outcome)
      const item = itemOf(run.application, one.slug)
      if (outcome!.startsWith('rejected')) expect(item.reasons, seen).to.not.be.empty
      else expect((item.rows?.[0] ?? item).receipt?.number, seen).to.be.a('string').and.not.empty
      // What the tables do not clear, the clerk has before them with rule and clause.
      if (status !== 'eligible' && run.reviews[0]) {
        expect(run.reviews[0].reasons.filter((reason: any) => reason.ruleId?.startsWith('eligibility-') && reason.clause), seen).to.not.be.empty
      }
    })
  }
})
