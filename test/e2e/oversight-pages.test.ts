import { expect } from 'chai'
import { SignJWT } from 'jose'
import type { Page } from 'playwright-core'
import { until } from '../support/until.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { stack } from './support/root-stack.ts'

const DAY = 86_400_000
/** Past every promise and every statutory limit. */
const LATER = 60 * DAY
/** Codes stand in `code`; the number of a case and the accounts of the staff are no words. */
const NO_ENGLISH = /YJS\w*|[a-z]+-[a-z0-9]+(-[a-z]+)?/g

/** Lets business time go on `milliseconds` from real time. */
async function moveClock(milliseconds: number): Promise<void> {
  const { options, secrets } = stack().system
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('operator').setAudience('internal')
    .setIssuedAt().setExpirationTime('1m').sign(new TextEncoder().encode(secrets.WORKER_TOKEN_SECRET))
  const response = await fetch(`http://127.0.0.1:${options.port + 1}/internal/v1/clock`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ now: new Date(Date.now() + milliseconds).toISOString() })
  })
  expect(response.status).to.equal(200)
}

async function englishOn(page: Page): Promise<string[]> {
  const text = await page.evaluate('(() => { const body = document.body.cloneNode(true); body.querySelectorAll("code,script,style,noscript").forEach(e => e.remove());'
    + ' return body.textContent })()') as string
  return [...new Set(text.replace(NO_ENGLISH, '').match(/[A-Za-z]{2,}/g) ?? [])]
}

async function faultless(page: Page, what: string): Promise<void> {
  await page.waitForTimeout(400) // until dialogues stand still: axe measures what is half transparent as it is
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${what}-${page.viewportSize()!.width}.png`, fullPage: true })
  expect(await faultsOf(page), what).to.deep.equal([])
  expect(await englishOn(page), what).to.deep.equal([])
}

const PAGES: readonly (readonly [string, string, string])[] = [
  ['在办事项', 'items', '最紧急的在前'], ['趋势与质效', 'trends', '减时限'], ['督办件', 'actions', '后发的在前'], ['定时器', 'timers', '先到的在前'], ['超期预计', 'forecast', '排队的任务'],
  ['异常', 'incidents', '停住的步骤'], ['办件程序', 'workers', '各部分'], ['审计', 'audit', '后发生的在前']
]
/** Pages with the widest tables, looked at in a narrow window as well. */
const NARROW = ['items', 'trends', 'actions', 'workers', 'audit']

describeInBrowser('oversight in a browser @web', function () {
  this.timeout(120_000)
  let number: string
  const complaints: (readonly string[])[] = []

  before(async () => {
    const applicant = await stack().newcomer()
    const { common, items } = await applicant.get('regions/guangxi/prefill?matters=resident-pension')
    const draft = { region: 'guangxi', channel: 'online', matters: ['resident-pension'], common, items, agent: null }
    const { id } = await applicant.post('applications', draft)
    await applicant.post(`applications/${id}/submit`, { confirmedNotices: ['resident-pension'], declarationAccepted: true, signature: null })
    const clerk = await stack().as('hrss-gx')
    const task = await until('the task', async () => (await clerk.get(`tasks?queue=all&applicationId=${id}`)).tasks[0])
    await clerk.post(`tasks/${task.id}/claim`, {})
    number = task.number
    await moveClock(LATER)
  })
  after(() => moveClock(0))

  it('leads a supervisor in three clicks to who held an overdue item, and a 督办 to the clerk and back', async () => {
    const supervisor = await openTab(1440, 'supervisor-gx')
    const { page } = supervisor
    await page.goto('/oversight')
    await page.getByRole('heading', { name: '按渠道' }).waitFor()
    await faultless(page, 'board')
    await page.getByRole('link', { name: /红牌/ }).first().click()
    await page.getByRole('link', { name: number }).click()
    await page.getByRole('heading', { name: `办件 ${number}` }).waitFor()
    await page.getByRole('row', { name: /^人力资源社会保障部门 \d+\.\d 个工作日/ }).first().waitFor()
    await faultless(page, 'case')
    await page.getByRole('button', { name: '督办' }).click()
    await page.getByRole('dialog').getByLabel('要求').fill('已超法定时限，请说明原因并尽快办理。')
    await faultless(page, 'send')
    await page.getByRole('button', { name: '发出', exact: true }).click()
    await page.getByRole('row', { name: /督办.*已发出/ }).waitFor()

    const clerk = await openTab(1440, 'hrss-gx')
    await clerk.page.goto('/desk')
    await clerk.page.getByRole('link', { name: /收到的督办（\d+ 件待答复）/ }).click()
    const received = clerk.page.getByRole('region', { name: /督办：已超法定时限/ }).first()
    await received.getByRole('button', { name: '签收' }).click()
    await received.getByText('已签收').waitFor()
    await faultless(clerk.page, 'received')
    await received.getByRole('button', { name: '答复' }).click()
    await received.getByLabel('办理情况').fill('材料已核实，今日办结。')
    await received.getByRole('button', { name: '提交答复' }).click()
    await received.getByText('答复：材料已核实，今日办结。').waitFor()

    await page.reload()
    await page.getByRole('row', { name: /督办.*已答复/ }).getByRole('button', { name: '办结' }).click()
    await page.getByRole('row', { name: /督办.*已办结/ }).waitFor()
    for (const event of ['发出督办件', '签收督办件', '答复督办件', '督办件办结']) await page.getByRole('cell', { name: event, exact: true }).waitFor()
    complaints.push(supervisor.complaints, clerk.complaints)
    await Promise.all([supervisor.close(), clerk.close()])
  })

  it('shows an auditor that the trail is whole, and lets nobody else in', async () => {
    const auditor = await openTab(1440, 'auditor-gx')
    await auditor.page.goto('/oversight/audit')
    await auditor.page.getByLabel('办件编号').fill(number)
    await auditor.page.getByRole('button', { name: '查询' }).click()
    await auditor.page.getByRole('cell', { name: '申请提交' }).waitFor()
    await auditor.page.getByRole('link', { name: number }).first().click()
    await auditor.page.getByRole('button', { name: '核验审计链' }).click()
    await auditor.page.getByText('完整，没有被改动').waitFor()
    await faultless(auditor.page, 'verdict')
    expect(await auditor.page.getByRole('button', { name: '督办' }).count()).to.equal(0)
    const clerk = await openTab(1440, 'hrss-gx')
    await clerk.page.goto('/oversight')
    await clerk.page.getByRole('heading', { name: '这个账号不能使用监督平台' }).waitFor()
    complaints.push(auditor.complaints, clerk.complaints)
    await Promise.all([auditor.close(), clerk.close()])
  })

  for (const width of [1440, 1024]) {
    it(`is whole, Chinese and without a fault at ${width} px`, async () => {
      const { page, complaints: found, close } = await openTab(width, 'supervisor-gx')
      await page.goto('/oversight')
      await page.getByRole('heading', { name: '按渠道' }).waitFor()
      if (width < 1440) await faultless(page, 'board')
      for (const [title, name, sign] of PAGES.filter(([, name]) => width === 1440 || NARROW.includes(name))) {
        await page.getByRole('navigation').getByRole('link', { name: title }).click()
        await page.getByText(sign).first().waitFor()
        await faultless(page, name)
      }
      complaints.push(found)
      await close()
    })
  }

  it('exports with a reason, and made the browser complain of nothing', async () => {
    const { page, complaints: found, close } = await openTab(1440, 'supervisor-gx')
    await page.goto('/oversight/items?colour=red')
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByLabel('用途').fill('月度通报')
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(file.suggestedFilename()).to.match(/^在办事项-\d{4}-\d\d-\d\d\.xlsx$/)
    expect([...complaints.flat(), ...found]).to.deep.equal([])
    await close()
  })
})
