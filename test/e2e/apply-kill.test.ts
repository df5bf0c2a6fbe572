import { expect } from 'chai'
import type { Page, Route } from 'playwright-core'
import { until } from '../support/until.ts'
import { chooseMatters, fillIn, finger, idOf, receiptNumber } from './support/applicant.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import { isCompleted, workUntil } from './support/case.ts'
import { stack } from './support/root-stack.ts'

const PHONE = 390
const nothing = async (): Promise<void> => undefined
const kill9 = (): void => stack().system.children.server.signal('SIGKILL')

/** Lets the next request of this kind go out, and kills the server while it is under way. */
async function killDuring(page: Page, method: string, path: string): Promise<void> {
  await onFirst(page, method, path, async route => {
    // The server stands still while the request arrives, so that it is killed with the request in its hands.
    stack().system.children.server.signal('SIGSTOP')
    const sent = route.continue()
    await new Promise(resolve => setTimeout(resolve, 200))
    kill9()
    await sent
  })
}

/** Does something with the first request of this kind, and leaves the later ones alone. */
async function onFirst(page: Page, method: string, path: string, act: (route: Route) => Promise<void>): Promise<void> {
  let isDone = false
  await page.route(path, async route => {
    if (isDone || route.request().method() !== method) return route.continue()
    isDone = true
    await act(route)
  })
}

describeInBrowser('the server is killed while an applicant uses it @web', function () {
  this.timeout(120_000)

  afterEach(async () => {
    await until('the server is back', async () => (await fetch(`${stack().system.baseUrl}/readyz`).catch(() => undefined))?.ok, 60_000)
  })

  it('in the middle of an autosave: the page says so, keeps everything, and saves it by itself', async () => {
    const client = await stack().newcomer()
    const { page, close } = await openTab(PHONE, client.account)
    await chooseMatters(page, finger, '广西', ['灵活就业人员养老保险登记'], nothing)
    const address = page.getByLabel('常住地详细地址')
    await killDuring(page, 'PUT', '**/api/v1/applications/*')
    await address.fill('民族大道三百号')
    await page.getByText('暂时连不上服务器。您填写的内容都在这里').waitFor()
    expect(await address.inputValue()).to.equal('民族大道三百号')
    await page.getByText('已自动保存').waitFor({ timeout: 60_000 })
    const id = idOf(page)
    expect((await client.get(`applications/${id}`)).content.common.person.residenceAddress).to.equal('民族大道三百号')

    // What arrived while its answer was lost is no change by somebody else.
    await page.unrouteAll()
    await onFirst(page, 'PUT', '**/api/v1/applications/*', async route => {
      await route.fetch()
      kill9()
      await route.abort()
    })
    await address.fill('民族大道四百号')
    await page.getByText('暂时连不上服务器。您填写的内容都在这里').waitFor()
    await page.getByText('已自动保存').waitFor({ timeout: 60_000 })
    expect(await page.getByText('这份草稿刚才在别处').count()).to.equal(0)
    expect((await client.get(`applications/${id}`)).content.common.person.residenceAddress).to.equal('民族大道四百号')
    await close()
  })

  it('in the middle of a submission: nothing is lost, and trying again makes one case that runs to its end', async () => {
    const client = await stack().newcomer()
    const { page, close } = await openTab(PHONE, client.account)
    await chooseMatters(page, finger, '广西', ['灵活就业人员养老保险登记'], nothing)
    await fillIn(page, finger, nothing)
    await page.getByRole('checkbox', { name: '我同意以上承诺' }).check()
    await page.getByRole('checkbox', { name: '我不方便手写' }).check()
    await killDuring(page, 'POST', '**/submit')
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('还没有收到受理编号').waitFor()
    expect(await page.getByRole('checkbox', { name: '我同意以上承诺' }).isChecked(), 'what was ticked stays').to.equal(true)
    await until('the server is back', async () => (await fetch(`${stack().system.baseUrl}/readyz`).catch(() => undefined))?.ok, 60_000)
    await page.getByRole('button', { name: '再次提交' }).click()
    const number = await receiptNumber(page)
    const { applications } = await client.get('applications')
    expect(applications.map((one: { number: string }) => one.number)).to.deep.equal([number])
    await workUntil(client, idOf(page), isCompleted)
    await close()
  })
})
