import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { until } from '../support/until.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { moveClock } from './support/clock.ts'
import { stack } from './support/root-stack.ts'

const DAY = 86_400_000
/** Past every promise and every statutory limit. */
const LATER = 60 * DAY
/** Codes stand in `code`; the number of a case and the accounts of the staff are no words. */
const NO_ENGLISH = /YJ\w*|部门组 [a-z]+|[a-z]+\d?-[a-z0-9]+(-[a-z]+)?/g

/** What the stand-in of the hrss department does wrong. */
async function faults(list: readonly object[]): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${stack().system.options.port + 21}/v1/faults`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ faults: list })
  })
  expect(response.status).to.equal(200)
}

/** Takes the retries that are left from the failing task of a case, which else would be used up in minutes. */
async function giveUpRetries(applicationId: string): Promise<void> {
  const { options, secrets } = stack().system
  const headers = {
    authorization: `Basic ${Buffer.from(`engine:${secrets.ENGINE_PASSWORD}`).toString('base64')}`, 'content-type': 'application/json'
  }
  const ask = async (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${options.port + 10}/engine-rest/${path}`, { ...init, headers })
  const { items: [item] } = await (await stack().as('hrss-gx')).get(`applications/${applicationId}`)
  await until('the end of the retries', async () => {
    const [task] = await (await ask(`external-task?processInstanceBusinessKey=${item.id}&maxResults=1`)).json() as { id: string; retries: number | null }[]
    if (!task) return undefined
    await ask(`external-task/${task.id}/retries`, { method: 'PUT', body: JSON.stringify({ retries: 0 }) })
    return (await (await ask(`incident?maxResults=50&sortBy=incidentId&sortOrder=asc`)).json() as unknown[]).length > 0 || undefined
  })
}

/** Codes aside; the text of an option that has a label is its value, which nobody sees or hears. */
async function englishOn(page: Page): Promise<string[]> {
  const text = await page.evaluate('(() => { const body = document.body.cloneNode(true);'
    + ' body.querySelectorAll("code,script,style,noscript,[role=option][aria-label]").forEach(e => e.remove());'
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
  ['在办事项', 'items', '最紧急的在前'], ['趋势与质效', 'trends', '减时限'], ['督办件', 'actions', '后发的在前'], ['评价与意见', 'voices', '新收到的意见'], ['工作量', 'load', '各组待认领'], ['提醒', 'alerts', '提醒'], ['定时器', 'timers', '黄牌：超过承诺时限'], ['超期预计', 'forecast', '± '],
  ['异常', 'incidents', '不会重复办理'], ['办件程序', 'workers', '各部分'], ['工作日与故障', 'days', '各年度的安排'], ['保存期限', 'retention', '历次清除'], ['审计', 'audit', '后发生的在前']
]

describeInBrowser('oversight in a browser @web', function () {
  this.timeout(120_000)
  let number: string
  let standing: string
  const complaints: (readonly string[])[] = []

  /** A case of one matter that waits for a clerk; the card for want of a photo, the pension always. */
  const caseOf = async (matter: string): Promise<{ id: string; task: { id: string; number: string } }> => {
    const applicant = await stack().newcomer()
    const { common, items } = await applicant.get(`regions/guangxi/prefill?matters=${matter}`)
    const { id } = await applicant.post('applications', { region: 'guangxi', channel: 'online', matters: [matter], common, items, agent: null })
    await applicant.post(`applications/${id}/submit`, { confirmedNotices: [matter], declarationAccepted: true, signature: null })
    const clerk = await stack().as('hrss-gx')
    const task = await until('the task', async () => (await clerk.get(`tasks?queue=all&applicationId=${id}`)).tasks[0])
    await clerk.post(`tasks/${task.id}/claim`, {})
    return { id, task }
  }

  before(async () => {
    number = (await caseOf('social-security-card')).task.number
    await moveClock(LATER)
    // Timers that have still to fire, a queue that finished something, and a step that stands still.
    await caseOf('resident-pension')
    await faults([{ mode: 'error', status: 500 }])
    const { id, task } = await caseOf('resident-pension')
    standing = task.number
    await (await stack().as('hrss-gx')).post(`tasks/${task.id}/complete`, { decision: 'approve' })
    const supervisor = await stack().as('supervisor-gx')
    const { text } = await until('the warning', async () =>
      (await supervisor.get('incidents')).warnings.find((one: { applicationId: string }) => one.applicationId === id))
    expect(text).to.contain('系统会继续重试')
    await giveUpRetries(id)
    await until('the incident', async () => (await supervisor.get('incidents')).incidents.find((one: { applicationId: string }) => one.applicationId === id))
  })
  after(async () => {
    await faults([])
    await moveClock(0)
  })

  it('leads a supervisor in three clicks to who held an overdue item, and a 督办 to the clerk and back', async () => {
    const supervisor = await openTab(1440, 'supervisor-gx')
    const { page } = supervisor
    await page.goto('/oversight')
    await page.getByRole('heading', { name: '按渠道' }).waitFor()
    await faultless(page, 'board')
    await page.getByRole('link', { name: /红牌/ }).first().click()
    await page.getByRole('row', { name: new RegExp(`${number} 社会保障卡`) }).getByRole('link', { name: number }).click()
    await page.getByRole('heading', { name: `办件 ${number}` }).waitFor()
    await page.getByRole('row', { name: /^人力资源社会保障部门 \d+\.\d 个工作日/ }).first().waitFor()
    await faultless(page, 'case')
    await page.getByRole('button', { name: '督办' }).click()
    await page.getByRole('dialog').getByText('督办', { exact: true }).click()
    expect(await page.getByRole('dialog').getByLabel('要求').inputValue()).to.match(/已亮红牌。请说明原因、抓紧办理/)
    await page.getByRole('dialog').getByLabel('要求').fill('已超法定时限，请说明原因并尽快办理。')
    await page.getByLabel('指定承办人').click()
    await page.locator('.ant-select-item-option', { hasText: /hrss-gx）?，人力资源社会保障部门，手上 \d+ 件/ }).click()
    await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' })
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

  it('moves a task from a clerk to the group, with the reason', async () => {
    const { page, complaints: found, close } = await openTab(1440, 'supervisor-gx')
    await page.goto('/oversight/load')
    const row = page.getByRole('row', { name: /hrss-gx）? 人力资源社会保障部门/ })
    const held = Number(/(\d+) 件/.exec(await row.innerText())![1])
    await row.getByRole('button', { name: /调出/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('调给').fill('青秀区')
    await page.locator('.ant-select-item-option', { hasText: '青秀区（本部门的组）' }).click()
    await dialog.getByLabel(/几件/).fill('1')
    await dialog.getByLabel(/理由/).fill('承办人休假')
    await faultless(page, 'move-load')
    await dialog.getByRole('button', { name: '调配' }).click()
    await page.getByText('已调配 1 件').waitFor()
    await until('one less', async () => (await row.innerText()).includes(`${held - 1} 件`) || undefined)
    complaints.push(found)
    await close()
  })

  it('proposes what citizens complain of, and takes a 整改 only with proof and after a second look', async () => {
    const sender = await stack().newcomer()
    const { number: opinion } = await sender.post('feedback', { text: '排队太久', region: 'guangxi', department: 'hrss', division: '450103' })
    const { page, complaints: found, close } = await openTab(1440, 'supervisor-gx')
    await page.goto('/oversight/actions')
    await page.getByRole('row', { name: new RegExp(opinion) }).getByRole('button', { name: /督办/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('整改', { exact: true }).click()
    expect(await dialog.getByLabel('要求').inputValue()).to.match(new RegExp(`^南宁市青秀区人力资源社会保障部门：群众意见 ${opinion} 尚未答复。请限期整改`))
    await faultless(page, 'rectify')
    await dialog.getByRole('button', { name: '发出', exact: true }).click()
    await page.getByRole('row', { name: new RegExp(`${opinion}.*已发出`) }).waitFor()
    expect(await page.getByRole('button', { name: /就群众意见督办/ }).count()).to.equal(0)

    const clerk = await openTab(390, 'hrss-gx')
    await clerk.page.goto('/desk/received')
    const received = clerk.page.getByRole('region', { name: new RegExp(`整改：.*${opinion}`) })
    const answer = async (proof: string): Promise<void> => {
      await received.getByRole('button', { name: '答复' }).click()
      await received.getByLabel('办理情况').fill('已增开窗口。')
      await received.getByRole('button', { name: '提交答复' }).click()
      await received.getByText('请写明证明内容，或上传文件').waitFor()
      await received.getByLabel('证明（写明内容').fill(proof)
      await faultless(clerk.page, 'proof')
      await received.getByRole('button', { name: '提交答复' }).click()
      await received.getByText(`证明：${proof}`).waitFor()
    }
    await answer('窗口安排表')
    await page.reload()
    await page.getByRole('row', { name: new RegExp(`${opinion}.*已答复`) }).getByRole('button', { name: '退回' }).click()
    await page.getByLabel('还须补充什么').fill('请说明何时起增开')
    await page.getByRole('dialog').getByRole('button', { name: '退回' }).click()
    await page.getByRole('row', { name: new RegExp(`第 2 次.*${opinion}.*已发出`) }).waitFor()
    await clerk.page.reload()
    await received.getByText('复核意见：请说明何时起增开').waitFor()
    await answer('三月起增开，见通知')
    await page.reload()
    await page.getByRole('row', { name: new RegExp(`${opinion}.*已答复`) }).getByRole('button', { name: '办结' }).click()
    await page.getByRole('row', { name: new RegExp(`${opinion}.*已办结`) }).waitFor()
    complaints.push(found, clerk.complaints)
    await Promise.all([close(), clerk.close()])
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

  for (const width of [1440, 390]) {
    it(`is whole, Chinese and without a fault at ${width} px`, async () => {
      const { page, complaints: found, close } = await openTab(width, 'supervisor-gx')
      await page.goto('/oversight')
      await page.getByRole('heading', { name: '按渠道' }).waitFor()
      if (width < 1440) await faultless(page, 'board')
      for (const [title, name, sign] of PAGES) {
        await page.getByRole('navigation').getByRole('link', { name: title }).click()
        await page.getByText(sign).first().waitFor()
        await faultless(page, name)
      }
      complaints.push(found)
      await close()
    })
  }

  it('colours the diagram of any version by what passed through it', async () => {
    for (const width of [1440, 390]) {
      const { page, complaints: found, close } = await openTab(width, 'supervisor-gx')
      await page.goto('/oversight/heat?process=guangxi-resident-pension')
      for (const [measure, unit] of [['停留中', '件'], ['经过次数', '次']] as const) {
        await page.getByText(measure, { exact: true }).first().click()
        await page.locator('.heat-badge', { hasText: unit }).first().waitFor({ state: 'attached' })
      }
      await page.getByRole('row', { name: /\d+ 次/ }).first().waitFor()
      await faultless(page, 'heat')
      complaints.push(found)
      await close()
    }
  })

  it('tells of what stands still, asks whether the cause is gone, and lets it go on', async () => {
    const { page, complaints: found, close } = await openTab(1440, 'supervisor-gx')
    await page.goto('/oversight/incidents')
    const row = page.getByRole('listitem').filter({ hasText: standing })
    await row.getByText('不会重复办理').waitFor()
    await faultless(page, 'incident')
    await faults([])
    await row.getByRole('button', { name: '核实原因并重试' }).click()
    await page.getByText('已核实原因消除并重试，这一步已经继续。').waitFor()
    await row.waitFor({ state: 'detached' })
    complaints.push(found)
    await close()
  })

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
