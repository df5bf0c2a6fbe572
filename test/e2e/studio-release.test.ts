import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { ApiClient } from '../../scripts/client.ts'
import { until } from '../support/until.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import type { Tab } from './support/browser.ts'
import { itemOf } from './support/case.ts'
import { drawVillageStep, giveGroup } from './support/draw-village-step.ts'
import { stack } from './support/root-stack.ts'
import { timersOf } from './support/timers.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const KEY = 'guangxi-resident-pension'
const SLUG = 'resident-pension'
const PASSES = '没有不合规则之处，可以送审。'

async function faultless(page: Page, what: string): Promise<void> {
  for (const width of process.env.SHOTS ? [1440, 390] : [1440]) {
    await page.setViewportSize({ width, height: 844 })
    await page.waitForTimeout(400) // until dialogues stand still: axe measures what is half transparent as it is
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${what}-${width}.png`, fullPage: true })
    expect(await faultsOf(page), `${what} at ${width}`).to.deep.equal([])
  }
  await page.setViewportSize({ width: 1440, height: 844 })
}

/** Chooses an entry of a select by keyboard. */
async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name }).focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

describeInBrowser('a release in the studio @web', function () {
  this.timeout(180_000)
  let first: ApiClient
  let second: ApiClient
  let clerk: ApiClient
  let tab: Tab
  let other: Tab
  let old: Submitted
  let draft: string

  interface Submitted { readonly applicant: ApiClient; readonly id: string; readonly itemId: string; readonly deadline: any }

  /** A case of 居民养老 that waits before the clerk. */
  async function submit(): Promise<Submitted> {
    const applicant = await stack().newcomer()
    const { common, items } = await applicant.get(`regions/guangxi/prefill?matters=${SLUG}`)
    const { id } = await applicant.post('applications', { region: 'guangxi', channel: 'online', matters: [SLUG], common, items, agent: null })
    await applicant.post(`applications/${id}/submit`, { confirmedNotices: [SLUG], declarationAccepted: true, signature: null })
    await taskOf(id, '审核参保登记')
    const item = itemOf(await applicant.get(`applications/${id}`), SLUG)
    return { applicant, id, itemId: item.id, deadline: item.deadline }
  }

  const taskOf = (id: string, name: string): Promise<any> => until(`the task ${name}`, async () =>
    (await clerk.get(`tasks?queue=all&applicationId=${id}`)).tasks.find((task: any) => task.name === name))

  async function approve(id: string, name: string): Promise<void> {
    const task = await taskOf(id, name)
    await clerk.post(`tasks/${task.id}/claim`, {})
    await clerk.post(`tasks/${task.id}/complete`, { decision: 'approve' })
  }

  before(async () => {
    first = await stack().as('designer-gx')
    second = await stack().as('designer2-gx')
    clerk = await stack().as('hrss-gx')
    old = await submit()
    tab = await openTab(1440, 'designer-gx')
    other = await openTab(1440, 'designer2-gx')
    draft = (await first.post('drafts', { key: KEY })).id
  })
  after(async () => {
    expect([...tab.complaints, ...other.complaints]).to.deep.equal([])
    await tab?.close()
    await other?.close()
  })

  it('is drawn on the canvas, refused by the rules while the village has no group, and passes with one', async () => {
    const { page } = tab
    await page.goto(`/studio/drafts/${draft}/draw`)
    await page.getByText(PASSES).waitFor()
    await drawVillageStep(page)
    const finding = page.getByText('“村级核验”（Task_VillageReview）：没有人员的部门组')
    await finding.waitFor()
    await until('nothing else to be said', async () => await page.locator('.findings li').count() === 1)
    const refused = await first.send('POST', `drafts/${draft}/release`, { reason: '增加村级核验' })
    expect([refused.status, refused.body.code]).to.deep.equal([422, 'MODEL_REFUSED'])
    await giveGroup(page, '人力资源社会保障部门')
    await page.getByText(PASSES).waitFor()
    await faultless(page, 'drawn')
  })

  it('is simulated from its beginning to its end, told in Chinese step by step', async () => {
    const { page } = tab
    await page.getByText('模拟运行').click()
    await page.getByTitle('打开或收起记录').click()
    await page.locator('.bts-context-pad[title=触发事件]:visible').first().click()
    for (const text of ['流程开始', '开办事项', '流程结束']) await page.locator('.bts-log').getByText(text, { exact: true }).waitFor()
    expect((await page.locator('.bts-log .bts-text').allTextContents()).filter(text => !/\p{Script=Han}/u.test(text))).to.deep.equal([])
    await faultless(page, 'simulated')
    await page.getByText('模拟运行').click()
    await page.locator('.bts-log').waitFor({ state: 'hidden' })
    await page.getByText('已保存', { exact: true }).waitFor()
  })

  it('rehearses the draft by keyboard, with the result of each case and the way on the diagram', async () => {
    const { page } = tab
    await page.goto(`/studio/drafts/${draft}/scenarios`)
    await page.getByRole('button', { name: '开始演练' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('正在演练').waitFor()
    await page.getByText('与预期不符 0 件').waitFor({ timeout: 150_000 })
    await page.locator('[data-element-id=SequenceFlow_ReviewedToDecision].mark-taken').waitFor({ state: 'attached' })
    expect(await page.locator('[data-element-id=SequenceFlow_RouteToApproved].mark-missed').count()).to.equal(1)
    const row = page.getByRole('row', { name: /广西户籍、年满16周岁/ })
    expect(await row.textContent()).to.include('人工审核，通过').and.include('符合')
    await row.getByRole('button', { name: '在图上看' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-element-id=SequenceFlow_ReviewedToDecision].mark-way').waitFor({ state: 'attached' })
    expect(await page.locator('.bjs-powered-by').first().isVisible()).to.equal(true)
    await faultless(page, 'scenarios')
  })

  it('shows what differs, in colours and as a list, and what that does to cases under way', async () => {
    const { page } = tab
    await page.goto(`/studio/drafts/${draft}/compare`)
    await page.getByText('人工任务“村级核验”（Task_VillageReview）').waitFor()
    await page.locator('[data-element-id=Task_VillageReview].mark-added').waitFor()
    await faultless(page, 'compare')
    await page.goto(`/studio/drafts/${draft}/impact`)
    const row = page.getByRole('row', { name: /审核参保登记/ }).first()
    await row.waitFor()
    expect(await row.textContent()).to.match(/第 \d+ 版[1-9]\d* 件能步骤相同/)
    await page.getByRole('row', { name: /黄牌/ }).getByText('不变', { exact: true }).waitFor()
    await faultless(page, 'impact')
  })

  it('is released by keyboard, by a second designer and never by the first', async () => {
    const { page } = tab
    await page.goto(`/studio/drafts/${draft}/release`)
    await page.getByLabel('为什么要改').focus()
    await page.keyboard.type('增加村级核验')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '等待另一人发布' }).waitFor()
    const refused = page.waitForResponse(response => response.url().endsWith('/approve'))
    await page.getByRole('button', { name: '发布', exact: true }).focus()
    await page.keyboard.press('Enter')
    expect((await refused).status()).to.equal(403)
    expect(await page.getByRole('alert').filter({ hasText: '另一' }).first().textContent()).to.match(/\p{Script=Han}/u)
    await faultless(page, 'release')
    await other.page.goto(`/studio/drafts/${draft}/release`)
    await other.page.getByRole('button', { name: '发布', exact: true }).focus()
    await other.page.keyboard.press('Enter')
    await other.page.getByText('这份草案已经发布').waitFor()
  })

  it('gives a new application the step, on the desk of its group', async () => {
    const { id } = await submit()
    await approve(id, '审核参保登记')
    expect(await taskOf(id, '村级核验')).to.include({ department: 'hrss', kind: 'review' })
  })

  it('leaves a running case on its version until it is migrated, with its clock unchanged', async () => {
    const { page } = tab
    const task = await taskOf(old.id, '审核参保登记')
    await page.goto(`/studio/versions?model=${KEY}`)
    await page.getByRole('button', { name: '试算' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/试算：可以迁移 [1-9]/).waitFor()
    await faultless(page, 'versions')
    for (const box of await page.getByRole('checkbox').all()) await box.uncheck()
    await page.getByRole('checkbox', { name: old.itemId }).check()
    expect((await taskOf(old.id, '审核参保登记')).version).to.equal(task.version)
    await page.getByRole('button', { name: '迁移选中的 1 件' }).click()
    await page.getByText('已迁移 1 件').waitFor()
    expect(itemOf(await old.applicant.get(`applications/${old.id}`), SLUG).deadline).to.deep.equal(old.deadline)
    expect(await taskOf(old.id, '审核参保登记')).to.include({ id: task.id, dueAt: task.dueAt })
    await approve(old.id, '审核参保登记')
    await taskOf(old.id, '村级核验')
  })

  it('rolls back by two people as well', async () => {
    const { page } = tab
    const [latest, before] = (await first.get(`definitions/${KEY}/versions`)).versions.map((one: any) => one.version)
    await page.goto(`/studio/versions?model=${KEY}`)
    await page.getByRole('button', { name: `恢复第 ${before} 版` }).click()
    await page.getByLabel('为什么恢复').fill('恢复原流程')
    await page.getByRole('dialog').getByRole('button', { name: '送审' }).click()
    await page.getByRole('heading', { name: '等待另一人发布' }).waitFor()
    const back = new URL(page.url()).pathname.split('/').at(-2)!
    expect((await first.send('POST', `drafts/${back}/approve`, {})).status).to.equal(403)
    expect(await second.post(`drafts/${back}/approve`, {})).to.include({ fromVersion: latest, toVersion: latest + 1 })
  })

  it('lets a changed deadline reach guide, form, clock and timers of new cases, and no old one', async () => {
    const { page } = tab
    const key = 'guangxi-deadlines'
    const running = await submit()
    const timers = await timersOf(running.itemId)
    const table = (await first.post('drafts', { key })).id
    await page.goto(`/studio/drafts/${table}/table`)
    const cell = page.getByLabel('规则 deadline-resident-pension-online 的承诺工作日')
    expect(await cell.inputValue()).to.equal('3')
    await cell.fill('2')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存', { exact: true }).waitFor()
    await page.getByLabel('事项', { exact: true }).selectOption(SLUG)
    await page.getByLabel('申请渠道', { exact: true }).selectOption('online')
    await page.getByRole('button', { name: '试算' }).click()
    await page.getByText('命中 1 条：deadline-resident-pension-online').waitFor()
    expect(await page.locator('tr.rule-hit').count()).to.equal(1)
    await faultless(page, 'table')
    await page.goto(`/studio/drafts/${table}/compare`)
    await page.locator('ins').getByText('2').waitFor()
    await faultless(page, 'table-diff')
    await first.post(`drafts/${table}/release`, { reason: '承诺时限压减' })
    await second.post(`drafts/${table}/approve`, {})
    const now = await until('the new deadline in the form', async () => {
      const { deadlines } = await stack().anonymous.post('regions/guangxi/precheck', { channel: 'online', matters: [SLUG] })
      return deadlines[0].promisedWorkingDays === 2 && deadlines[0]
    })
    await until('the new deadline in the guide', async () => (await stack().anonymous.get('regions/guangxi/guide'))
      .matters.find((one: any) => one.slug === SLUG).deadlines.find((one: any) => one.channel === 'online').promisedWorkingDays === 2)
    const fresh = await submit()
    expect(fresh.deadline.promisedDueDate).to.equal(now.dueDate)
    // 预警 and 黄牌 come before those of the old case, which stay where they were.
    const freshTimers = await timersOf(fresh.itemId)
    expect(freshTimers).to.have.length(timers.length).and.length.at.least(2)
    for (const place of [0, 1]) expect(freshTimers[place]).to.be.below(timers[place]!)
    expect(await timersOf(running.itemId)).to.deep.equal(timers)
    expect(fresh.deadline.promisedDueDate < running.deadline.promisedDueDate).to.equal(true)
    expect(itemOf(await running.applicant.get(`applications/${running.id}`), SLUG).deadline).to.deep.equal(running.deadline)
    expect((await taskOf(fresh.id, '审核参保登记')).dueAt.slice(0, 10)).to.equal(now.dueDate)
    const [, before] = (await first.get(`definitions/${key}/versions`)).versions
    const back = await first.post(`definitions/${key}/roll-back`, { version: before.version, reason: '恢复' })
    await second.post(`drafts/${back.id}/approve`, {})
  })

  it('reads each diagram as numbered text, clause to step and step to clause', async () => {
    const { page } = tab
    await page.goto('/studio/outline')
    await choose(page, '流程', '城乡居民基本养老保险参保登记')
    await page.getByRole('heading', { name: /城乡居民基本养老保险参保登记：步骤/ }).waitFor()
    const tree = await page.locator('.outline').ariaSnapshot()
    expect(tree).to.match(/heading "城乡居民基本养老保险参保登记：步骤" \[level=2\]/)
    expect(tree).to.match(/list:[^]*listitem:[^]*人工任务“审核参保登记”[^]*list "第 [\d.]+ 步的依据"/)
    const step = page.locator('#Task_Review')
    const clause = step.getByRole('link').first()
    const [text, target] = [await clause.textContent(), (await clause.getAttribute('href'))!]
    const entry = page.locator(target)
    expect(await entry.textContent()).to.include(text)
    // By keyboard from the step to its clause and back.
    await clause.press('Enter')
    await page.locator(`${target}:focus`).waitFor()
    await entry.locator('a[href="#Task_Review"]').press('Enter')
    await page.locator('#Task_Review:focus').waitFor()
    // A step inside of another carries its number: 3.2 lies in 3.
    const inner = await page.locator('.outline li li > p > strong').evaluateAll(all => all.map(one =>
      [one.closest('li')!.parentElement!.closest('li')!.querySelector('strong')!.textContent, one.textContent]))
    expect(inner).not.to.be.empty
    for (const [outer, number] of inner) expect(number).to.match(new RegExp(`^${outer!.replaceAll('.', '\\.')}\\.\\d+$`))
    await faultless(page, 'outline')
  })
})
