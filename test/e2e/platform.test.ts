import { expect } from 'chai'
import { until } from '../support/until.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { department, itemOf, rejectMatter, workUntil } from './support/case.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const MATTERS = ['resident-pension', 'flexible-medical', 'contribution']

describe('a platform', function () {
  this.timeout(150_000)

  it('hands in for a person and hears of each item once, signed, although it answered 500 twice', async () => {
    const person = await stack().newcomer()
    const { common, items } = await person.get(`regions/guangxi/prefill?matters=${MATTERS.join()}`)
    await department('platform', 'faults', { faults: [{ mode: 'error', kind: 'result', count: 2 }] })
    const pushed = await push(`case-${person.account}:push:1`, { region: 'guangxi', matters: MATTERS, common, items })
    expect(pushed.status, JSON.stringify(pushed.reasons)).to.equal('done')
    const { applicationId, number } = pushed.result
    expect(await push(`case-${person.account}:push:1`, { region: 'guangxi', matters: MATTERS, common, items }), 'said twice').to.deep.equal(pushed)

    // The person sees the case that the platform handed in.
    const done = await workUntil(person, applicationId, application => application.status === 'completed', rejectMatter('resident-pension'), 120_000)
    expect([done.channel, itemOf(done, 'resident-pension').outcome]).to.deep.equal(['platform', 'rejected'])
    const outcomes = Object.fromEntries(done.items.map(({ slug, outcome }: any) => [slug, outcome]))
    const heard = await results(number, MATTERS.length)
    const concluded = heard.filter(({ type }) => type === 'item-concluded')
    expect(Object.fromEntries(concluded.map(({ item }) => [item.slug, item.outcome]))).to.deep.equal(outcomes)
    expect(concluded).to.have.length(MATTERS.length)
    expect(new Set(heard.map(({ id }) => id)).size).to.equal(heard.length)
    expect(heard.map(({ deliveries }) => deliveries)).to.deep.equal(heard.map(() => 1))
    expect(concluded.find(({ item }) => item.slug === 'resident-pension').item.reasons).to.not.deep.equal([])
    for (const secret of [common.person.name, common.person.idNumber, common.person.mobile]) expect(JSON.stringify(heard)).to.not.include(secret)

    const told = await until('the last message', async () => {
      const { messages } = await person.get('messages?limit=100')
      const own = messages.filter((message: any) => message.applicationId === applicationId)
      return own.some(({ type }: any) => type === 'application-closed') && own
    })
    expect(told.map(({ type }: any) => type)).to.include.members(['application-submitted', 'application-accepted', 'item-rejected', 'application-closed'])
    expect(told.every(({ next }: any) => next !== '')).to.equal(true)
  })

  it('may not hand in for another region, nor without its own token', async () => {
    const person = await stack().newcomer()
    const { common, items } = await person.get('regions/guangxi/prefill?matters=flexible-pension')
    const refused = await push(`case-${person.account}:push:1`, { region: 'ningxia', matters: ['employment-registration'], common, items })
    expect(refused.status).to.equal('refused')
    const draft = { region: 'guangxi', channel: 'platform', matters: ['flexible-pension'], common, items, agent: null }
    expect((await stack().anonymous.send('POST', 'applications', draft, { authorization: 'Bearer a.b.c' })).status).to.equal(401)
    expect((await person.send('POST', 'applications', draft)).status).to.equal(403)
  })
})

describeInBrowser('a link of a platform @web', function () {
  this.timeout(120_000)

  it('leads a citizen through the login into the draft of the chosen matters, and there again', async () => {
    const account = 'citizen-gx-7'
    const { page, complaints, close } = await openTab(390)
    const { options, secrets } = stack().system
    const link = `http://127.0.0.1:${options.port + 28}/v1/entry/guangxi?matters=flexible-pension,contribution`
    await page.goto(link)
    await page.getByLabel('账号').fill(account)
    await page.getByLabel('密码').fill(secrets.DEMO_PASSWORD!)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '申请人信息' }).waitFor()
    const [, id] = /drafts\/([0-9a-f-]{36})\/person/.exec(page.url()) ?? []
    expect(await faultsOf(page)).to.deep.equal([])
    const citizen = await stack().as(account)
    expect(await citizen.get(`applications/${id}`)).to.deep.include({ status: 'draft', matters: ['flexible-pension', 'contribution'] })

    // Who is logged in at the identity server is not asked again, and finds the draft that was begun.
    await page.goto(link)
    await page.getByRole('heading', { name: '申请人信息' }).waitFor()
    expect(page.url()).to.include(id!)
    expect(complaints).to.deep.equal([])
    await close()
  })
})

async function push(requestId: string, fields: object): Promise<any> {
  return department('platform', 'requests/push-application', fields, 'POST', { 'x-request-id': requestId })
}

/** What the platform has heard of a case, once so many items are concluded. */
async function results(number: string, count: number): Promise<any[]> {
  return until('the results at the platform', async () => {
    const { results: heard } = await department('platform', `results?number=${number}`)
    return heard.filter(({ type }: any) => type === 'item-concluded').length >= count ? heard : undefined
  }, 60_000)
}
