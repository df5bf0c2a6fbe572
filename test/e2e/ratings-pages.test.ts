import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { isCompleted, workUntil } from './support/case.ts'
import { picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

const PHONE = 390
const DESK = 1440
const MOBILE = '13900000004'

describeInBrowser('ratings and opinions with their replies @web', function () {
  this.timeout(120_000)
  const look = async (page: Page, name: string): Promise<void> => {
    await picture(page, name)
    expect(await faultsOf(page), name).to.deep.equal([])
  }
  /** A supervisor's entry that says this. */
  const entryOf = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })
  const replyTo = async (page: Page, text: string, words: string): Promise<void> => {
    await entryOf(page, text).getByRole('button', { name: '回复' }).click()
    await page.getByLabel('回复（群众看到的就是这些文字）').fill(words)
    await look(page, 'oversight-71-reply')
    await page.getByRole('button', { name: '提交回复' }).click()
  }

  it('shows a bad rating to the supervisor, the reply to the applicant, and takes one further rating', async () => {
    const client = await stack().newcomer()
    const { id, number } = await client.apply('guangxi', ['archive-transfer'])
    await workUntil(client, id, isCompleted)
    const { page, complaints, close } = await openTab(PHONE, client.account)
    await page.goto(`/apply/cases/${id}/rate`)
    await page.getByLabel('非常不满意').check()
    await page.getByLabel('没有一次告知').check()
    await page.getByLabel('还想说什么（选填）').fill('跑了两趟')
    await page.getByRole('button', { name: '提交评价' }).click()
    await page.getByRole('link', { name: '回到办理进度' }).click()
    const own = page.getByRole('region', { name: '您的评价' })
    await own.getByText('等待工作人员回复').waitFor()
    expect(await page.getByRole('link', { name: '评价这次办理' }).count(), 'one rating of the whole').to.equal(0)
    await look(page, 'apply-70-rated')

    const supervisor = await openTab(DESK, 'supervisor-gx')
    await supervisor.page.goto('/oversight/voices')
    await entryOf(supervisor.page, number).getByText('跑了两趟').waitFor()
    await look(supervisor.page, 'oversight-70-voices')
    await replyTo(supervisor.page, number, '已改为一次告知，向您道歉。')
    await supervisor.page.getByRole('region', { name: '已回复的差评' }).getByText('已改为一次告知').waitFor()

    await page.reload()
    await own.getByText('已改为一次告知，向您道歉。').waitFor()
    await own.getByRole('button', { name: '追评' }).click()
    await page.getByRole('button', { name: '提交追评' }).click()
    await own.getByText('请选择一个等次').waitFor()
    await own.getByLabel('满意', { exact: true }).check()
    await look(page, 'apply-71-follow-up')
    await page.getByRole('button', { name: '提交追评' }).click()
    await own.getByText('您的追评：满意').waitFor()
    expect(await own.getByRole('button', { name: '追评' }).count(), 'one further rating').to.equal(0)
    expect([...complaints, ...supervisor.complaints]).to.deep.equal([])
    await Promise.all([close(), supervisor.close()])
  })

  it('takes an opinion without login, and shows its answer by number and mobile', async () => {
    const { page, complaints, close } = await openTab(PHONE)
    await page.goto('/apply')
    await page.getByRole('contentinfo').getByRole('link', { name: '意见建议' }).click()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('link', { name: '请写下您的意见或建议' }).click()
    await page.keyboard.insertText('窗口太少，排队太久')
    await page.getByLabel('关于哪个地区').selectOption({ label: await regionName() })
    await page.getByLabel('您的手机号').fill(MOBILE)
    await look(page, 'apply-72-opinion')
    await page.getByRole('button', { name: '提交' }).click()
    const number = await page.locator('.number').innerText()
    await look(page, 'apply-73-opinion-received')

    const supervisor = await openTab(PHONE, 'supervisor-gx')
    await supervisor.page.goto('/oversight/voices')
    await entryOf(supervisor.page, number).getByRole('button', { name: '开始处理' }).click()
    await supervisor.page.getByRole('region', { name: '处理中的意见' }).getByText(number).waitFor()
    await look(supervisor.page, 'oversight-72-opinions')
    await replyTo(supervisor.page, number, '已增开两个窗口。')
    await entryOf(supervisor.page, number).waitFor({ state: 'detached' })

    await page.getByRole('link', { name: '看答复' }).click()
    expect(await page.getByLabel('意见编号').inputValue()).to.equal(number)
    await page.getByLabel('写意见时所留手机号的后四位').fill(MOBILE.slice(-4))
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByText('已增开两个窗口。').waitFor()
    await look(page, 'apply-74-answered')
    expect([...complaints, ...supervisor.complaints]).to.deep.equal([])
    await Promise.all([close(), supervisor.close()])
  })
})

async function regionName(): Promise<string> {
  const { regions } = await stack().anonymous.get('regions')
  return regions.find((one: { slug: string }) => one.slug === 'guangxi').name
}
