import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { calendarYears } from '../../core/calendar/index.ts'
import { instantOf } from '../../core/dates.ts'
import { published2027 } from '../server/support/calendar-2027.ts'
import { runCommand } from '../support/run-command.ts'
import { until } from '../support/until.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import type { Tab } from './support/browser.ts'
import { moveClock } from './support/clock.ts'
import { submit, taskOf } from './support/desk.ts'
import { faultless } from './support/faultless.ts'
import { stack } from './support/root-stack.ts'

/** Numbers of cases, hashes, accounts, topics, addresses and the name of a file are no words. */
const NO_ENGLISH = /YJ\w*|\b[0-9a-f]{8,64}\b|https?:\S+|index\.html|[a-z0-9]+([-.][a-z0-9]+)+/g
const DAYS_2027 = [...published2027.days, { date: '2027-01-04', isOffDay: true, name: '元旦' }]
const LINES_2027 = DAYS_2027.map(({ date, isOffDay, name }) => `${date} ${isOffDay ? '休' : '班'} ${name}`).join('\n')

/** As a supervisor would have it; `SHOTS` names a folder to look at it in. */
async function clean(page: Page, what: string): Promise<void> {
  await faultless(page, what, NO_ENGLISH)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${what}-${page.viewportSize()!.width}.png`, fullPage: true })
}

/** Lets business time go on from ten in the morning of a day. */
const goTo = (date: string): Promise<void> => moveClock(instantOf(date, '10:00') - Date.now())

describeInBrowser('what an officer orders in a browser @web', function () {
  this.timeout(120_000)
  let first: Tab
  let second: Tab
  let id: string

  /** The page of the case says that it is due on this day, and why not on another. */
  const dueOn = async ({ page }: Tab, due: string, why: string): Promise<void> => {
    await until(`due on ${due}`, async () => {
      await page.goto(`/oversight/cases/${id}`)
      return (await page.getByText(/^承诺 \d/).innerText()).startsWith(`承诺 ${due}`)
    })
    await page.getByText('为什么是这一天').click()
    await page.getByRole('listitem').filter({ hasText: why }).waitFor()
  }

  before(async () => {
    await goTo('2026-12-30')
    ;[first, second] = await Promise.all([openTab(1440, 'supervisor-gx'), openTab(390, 'supervisor2-gx')])
    ;({ id } = await submit())
    await taskOf(id)
  })
  after(async () => {
    const [one, other] = await Promise.all([stack().as('supervisor-gx'), stack().as('supervisor2-gx')])
    const { id: back } = await one.post('calendar/imports', { ...published2027, days: calendarYears.find(({ year }) => year === 2027)!.days })
    await other.post(`calendar/imports/${back}/publish`, {})
    await moveClock(0)
    await Promise.all([first.close(), second.close()])
  })

  it('takes a year from one person, lets it count only by another, and dates what is open anew', async () => {
    const year = ({ page }: Tab) => page.getByRole('group', { name: '2027 年的安排' })
    await dueOn(first, '2027-01-05 前办结（暂定', '2027-01-01 不计：元旦')
    await first.page.goto('/oversight/days')
    await first.page.getByRole('row', { name: /^2027 年 暂定：尚未公布/ }).waitFor()
    await first.page.getByRole('button', { name: '导入年度安排' }).click()
    const dialog = first.page.getByRole('dialog')
    await dialog.getByLabel('年度').fill('2027')
    await dialog.getByLabel('公布文件的名称和文号').fill(published2027.papers[0]!)
    await dialog.getByLabel('公布该安排的政府网站地址').fill(published2027.source)
    await dialog.getByLabel('日子，每行一日').fill('2027-01-01 假')
    await dialog.getByRole('button', { name: '导入' }).click()
    await dialog.getByText('请每行写一日').waitFor()
    await dialog.getByLabel('日子，每行一日').fill(LINES_2027.replace('2027-05-01', '2027-05-08'))
    await dialog.getByRole('button', { name: '导入' }).click()
    await dialog.getByText('缺少法定节假日 2027-05-01').waitFor()
    await clean(first.page, 'import')
    await dialog.getByLabel('日子，每行一日').fill(LINES_2027)
    await dialog.getByRole('button', { name: '导入' }).click()
    await year(first).getByRole('row', { name: '2027-01-04 工作日 元旦放假 是' }).waitFor()
    await year(first).getByText('须由另一人确认。').waitFor()
    expect(await year(first).getByRole('button', { name: '确认并发布' }).count()).to.equal(0)

    await second.page.goto('/oversight/days')
    await year(second).getByRole('button', { name: '确认并发布' }).waitFor()
    await clean(second.page, 'import-other')
    await year(second).getByRole('button', { name: '确认并发布' }).click()
    await second.page.getByRole('row', { name: /^2027 年 已公布/ }).waitFor()
    await dueOn(first, '2027-01-06 前办结', '2027-01-04 不计：元旦')
    expect(await first.page.getByText('（暂定').count()).to.equal(0)
  })

  it('lets an officer declare a day without a system, which stops the clock of what is open', async () => {
    await goTo('2026-12-31')
    const { page } = second
    await page.goto('/oversight/days')
    await page.getByRole('button', { name: '登记系统故障' }).click()
    const dialog = page.getByRole('dialog')
    const declare = dialog.getByRole('button', { name: '登记', exact: true })
    await dialog.getByLabel('第一日').fill('2026-09-01')
    await dialog.getByLabel('最后一日').fill('2026-08-31')
    await dialog.getByLabel('原因').fill('机房检修')
    await dialog.getByText('最后一日不能早于第一日').waitFor()
    await clean(page, 'outage')
    await dialog.getByLabel('最后一日').fill('2026-12-31')
    await declare.click()
    await dialog.getByText('开始日期须在 2026-11-01 至 2026-12-31 之间').waitFor()
    await dialog.getByLabel('第一日').fill('2026-12-31')
    await declare.click()
    await page.getByRole('row', { name: /2026-12-31 2026-12-31 机房检修 supervisor2-gx \d+ 项/ }).waitFor()
    await dueOn(second, '2027-01-07 前办结', '2026-12-31 不计：系统故障期间')
    await clean(page, 'case-why')
    const folded = page.getByRole('listitem').filter({ hasText: '2026-12-31 不计' })
    await page.getByText('为什么是这一天').click()
    await folded.waitFor({ state: 'hidden' })
    await page.pdf()
    await folded.waitFor({ state: 'hidden' })
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    await folded.waitFor()
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    await folded.waitFor({ state: 'hidden' })
  })

  it('pauses a step by its name with the reason, and lets it go on', async () => {
    const { page } = first
    await page.goto('/oversight/workers')
    await page.getByRole('combobox', { name: '要暂停的步骤' }).click()
    await page.keyboard.type('登记居民养老')
    await page.locator('.ant-select-item-option', { hasText: '登记居民养老保险' }).click()
    await page.getByLabel('暂停的原因').fill('对方系统升级')
    await page.getByRole('button', { name: '暂停', exact: true }).click()
    const row = page.getByRole('row', { name: /登记居民养老保险 guangxi\.resident-pension\.register 对方系统升级/ })
    await row.getByRole('button', { name: '恢复' }).waitFor()
    await clean(page, 'paused')
    await row.getByRole('button', { name: '恢复' }).click()
    await row.waitFor({ state: 'detached' })
  })

  it('hands out the evidence of a case with a reason, which anybody can verify', async () => {
    const { page } = second
    await page.goto(`/oversight/cases/${id}`)
    await page.getByRole('button', { name: '证据包' }).click()
    const fetchPack = page.getByRole('dialog').getByRole('button', { name: '下载' })
    await fetchPack.click()
    await page.getByRole('dialog').getByText('请写明用途').first().waitFor()
    await page.getByLabel('用途').fill('行政复议')
    await clean(page, 'evidence')
    const [file] = await Promise.all([page.waitForEvent('download'), fetchPack.click()])
    const pack = await file.path()
    const [code, said] = await runCommand('npm', ['run', '--silent', 'evidence:verify', '--', pack])
    expect([code, said]).to.satisfy(() => code === 0 && /^相符：\d+ 个文件$/m.test(said))
    await page.goto(`/oversight/cases/${id}`)
    await page.getByRole('cell', { name: '导出证据包' }).waitFor()
  })

  it('erases what is past its period once a second person has confirmed it', async () => {
    const applicant = await stack().newcomer()
    const { common, items } = await applicant.get('regions/guangxi/prefill?matters=resident-pension')
    await applicant.post('applications', { region: 'guangxi', channel: 'online', matters: ['resident-pension'], common, items, agent: null })
    await goTo('2027-07-01')
    await first.page.goto('/oversight/retention')
    await first.page.getByRole('button', { name: '提出清除' }).click()
    await first.page.getByText('等待另一人确认').waitFor()
    expect(await first.page.getByRole('button', { name: '确认', exact: true }).count()).to.equal(0)
    await second.page.goto('/oversight/retention')
    await second.page.getByRole('button', { name: '确认', exact: true }).click()
    await clean(second.page, 'erasure-confirm')
    await second.page.getByRole('button', { name: '确认清除' }).click()
    await second.page.getByRole('row', { name: /supervisor-gx .*未提交的草稿 [1-9]\d* 件（已清除 \d+） (正在清除|已清除) supervisor2-gx/ }).waitFor()
    expect([...first.complaints, ...second.complaints]).to.deep.equal([])
  })
})
