import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import { drawPortrait } from '../support/portrait.ts'
import { until } from '../support/until.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import type { Tab } from './support/browser.ts'
import { itemOf } from './support/case.ts'
import { openClaimed, openList, submit, taskOf } from './support/desk.ts'
import { faultless } from './support/faultless.ts'
import { DESK_WIDTHS, picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const RELEASE = 'archive-release'
const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj '
  + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'

async function releaseFiles(): Promise<[string, File][]> {
  const image = await (await drawPortrait({ width: 1200, height: 900 })).jpeg().toBuffer()
  return [[RELEASE, new File([new Uint8Array(image)], '批文.jpg')], [RELEASE, new File([PDF], '批文.pdf')]]
}

const look = (page: Page, name: string, part: Page | Locator = page): Promise<void> => picture(page, `desk-${name}`, DESK_WIDTHS, part)
const dialogue = (page: Page, title: string) => page.getByRole('dialog').filter({ hasText: title })

/** Opens a paper from its button, and sends what is shown to the printer. */
async function print(page: Page, paper: string): Promise<void> {
  const [answer] = await Promise.all([
    page.waitForResponse(response => response.url().endsWith('.pdf')), page.getByRole('button', { name: `打印${paper}` }).first().click()
  ])
  expect(answer.headers()['content-type']).to.equal('application/pdf')
  const dialog = page.getByRole('dialog').filter({ hasText: paper })
  const frame = dialog.locator('iframe.paper')
  await frame.waitFor()
  await frame.evaluate(element => {
    const shown = (element as any).contentWindow
    shown.print = () => { (globalThis as any).printed = (element as any).src }
  })
  await dialog.getByRole('button', { name: '打 印' }).or(dialog.getByRole('button', { name: '打印' })).click()
  expect(await page.evaluate('printed')).to.match(/^blob:/)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

/**
 * Takes an entry of a drop-down. What is loaded or drawn anew meanwhile may swallow a click or shut the list: it is opened and
 * clicked again until the entry stands in the field.
 */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  const box = page.getByRole('combobox', { name: label }).last()
  const field = page.locator('.ant-select').filter({ has: page.getByRole('combobox', { name: label }) }).last()
  let text: string | undefined
  await until(`${String(option)} in ${label}`, async () => {
    if (text !== undefined && await field.getByText(text).first().isVisible()) return true
    if (await box.getAttribute('aria-expanded') !== 'true') await box.click()
    const list = page.locator(`.ant-select-dropdown:has([id="${await box.getAttribute('aria-controls')}"])`)
    const entry = list.locator('.ant-select-item-option').filter({ hasText: option }).first()
    text = await entry.innerText({ timeout: 5_000 })
    await entry.click({ timeout: 5_000 })
    return false
  })
}

/** Confirms the dialogue that is open, and waits until it is closed; what keeps it open is told. */
async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '确定' }).click()
  await dialog.waitFor({ state: 'hidden' }).catch(async (error: unknown) => {
    throw new Error(`still open: ${await page.locator('body').innerText()}`, { cause: error })
  })
}

describeInBrowser('a day at the desk @web', function () {
  this.timeout(180_000)
  let tab: Tab
  let colleague: Tab

  before(async () => {
    [tab, colleague] = await Promise.all([openTab(1440, 'hrss-gx'), openTab(1440, 'hrss-gx3')])
  })
  after(() => Promise.all([tab.close(), colleague.close()]))

  describe('a review', () => {
    let task: any
    let id: string

    before(async () => {
      ({ id } = await submit(['archive-transfer'], {
        files: await releaseFiles(),
        change: ({ common, items }) => {
          items['archive-transfer'].archiveHolderType = 'state-employer'
          common.person.residenceAddress = '别处的路1号'
        }
      }))
      task = await taskOf(id, 'archive-transfer')
    })

    it('shows licences beside what was typed, the rule with its clause, and the files to zoom and turn', async () => {
      const { page } = tab
      await openClaimed(page, task.id)
      await page.locator('.differs').first().waitFor()
      expect(await page.locator('.why').innerText()).to.contain('核原件')
      const image = page.locator('.viewer-room img')
      await until('the picture', async () => ((await image.boundingBox())?.width ?? 0) > 0)
      const sizeOf = async (what: string) => (await page.locator(what).boundingBox())!
      const before = await sizeOf('.viewer-room')
      await page.keyboard.press('+')
      await page.getByText('125%').waitFor()
      expect((await sizeOf('.viewer-room')).width).to.be.closeTo(before.width * 1.25, 2)
      await page.keyboard.press('r')
      await page.waitForTimeout(100)
      const turned = await sizeOf('.viewer-room')
      expect(turned.height).to.be.above(turned.width)
      expect(await image.evaluate(element => (element as any).style.transform)).to.contain('rotate(90deg)')
      await look(page, 'review')
      await look(page, 'turned', page.locator('.viewer'))
      await page.keyboard.press('0')
      await page.getByRole('button', { name: '看第2份' }).click()
      await page.locator('iframe.paper').waitFor()
      await faultless(page, 'review')
      await look(page, 'pdf', page.locator('.viewer'))
    })

    it('shows the whole history, the diagram with its token, and papers to print', async () => {
      const { page } = tab
      await page.getByRole('tab', { name: '办理过程' }).click()
      await page.locator('.timeline li').first().waitFor()
      await page.getByRole('tab', { name: '流程图' }).click()
      const diagram = page.locator('.diagram img')
      await until('the diagram', () => diagram.evaluate(element => (element as any).naturalWidth > 300))
      await look(page, 'diagram', diagram)
      await page.getByRole('tab', { name: '文书' }).click()
      await print(page, '申请表')
    })

    it('stops and starts its clock with a notice seen before, and takes no decision meanwhile', async () => {
      const { page } = tab
      await page.keyboard.press('s')
      await choose(page, '种类', /听证/)
      await page.getByLabel('告知申请人的原因').fill('申请人要求听证')
      await dialogue(page, '特别程序告知书').getByText('原因：申请人要求听证').waitFor()
      await faultless(page, 'special')
      await look(page, 'special')
      await page.getByRole('button', { name: '停止计时并告知' }).click()
      await page.getByText(/起不计时/).waitFor()
      await page.keyboard.press('1')
      await dialogue(page, '办理意见：通过').getByRole('button', { name: '确定通过' }).click()
      await page.getByText('请先结束特别程序').waitFor()
      await page.keyboard.press('Escape')
      await dialogue(page, '办理意见').waitFor({ state: 'hidden' })
      await page.keyboard.press('s')
      await page.getByText(/起不计时/).waitFor({ state: 'detached' })
    })

    it('is talked over, lent and handed on, and marks for its reader what changed', async () => {
      const { page } = tab
      await page.keyboard.press('t')
      await page.getByRole('radio', { name: /征询意见/ }).check()
      await choose(page, '同事', '梁桂香')
      await page.getByLabel('问题').fill('批文日期是否有效？')
      await faultless(page, 'hand over')
      await look(page, 'hand-over')
      await confirm(page)
      await (await openList(colleague.page, task.number, 'asked')).click()
      await colleague.page.getByRole('tab', { name: /备注和征询/ }).click()
      await colleague.page.getByLabel('答复征询').fill('有效。')
      await colleague.page.getByRole('button', { name: '提交答复' }).click()
      await page.getByRole('tab', { name: /备注和征询（2）/ }).click()
      await page.getByText('有效。').waitFor()
      for (const way of ['委托', '移交'] as const) {
        await page.locator('body').click({ position: { x: 5, y: 5 } })
        await page.keyboard.press('t')
        await page.getByRole('radio', { name: new RegExp(way) }).check()
        await choose(page, '同事', '梁桂香')
        await confirm(page)
        await page.getByText('签收人：梁桂香').waitFor()
        if (way === '移交') break
        // A lent task comes back to who lent it.
        await colleague.page.goto(`/desk/tasks/${task.id}`)
        await colleague.page.getByRole('button', { name: '退回（g）' }).click()
        await page.getByText('签收人：韦立新').waitFor()
      }
      await page.keyboard.press('l')
      await colleague.page.getByRole('button', { name: '退回（g）' }).click()
      await openList(page, task.number)
      await page.getByText('有变化').first().waitFor()
      await look(page, 'list-changed')
      await page.setViewportSize({ width: 390, height: 844 })
      const card = page.getByRole('listitem').filter({ hasText: task.number })
      await card.getByText('有变化').waitFor()
      await card.getByText('签收人：待领').waitFor()
      await card.getByRole('checkbox', { name: `选中 ${task.number}` }).check()
      await page.getByText('已选 1 件').waitFor()
      await faultless(page, 'list on a telephone')
      await picture(page, 'desk-list', [390])
      await page.setViewportSize({ width: 1440, height: 844 })
    })

    it('is sent back item by item with the notice seen before, and its applicant finds exactly that', async () => {
      const { page } = tab
      await openClaimed(page, task.id)
      await page.getByRole('button', { name: /的批文.*：不符/ }).click()
      await page.getByRole('button', { name: '联系电话：不符' }).click()
      await until('both verdicts', async () => await page.locator('.verdict [aria-pressed=true]').count() === 2)
      await page.keyboard.press('3')
      const dialog = dialogue(page, '办理意见：补正')
      for (const index of [0, 1]) {
        await dialog.getByRole('combobox').nth(index).click()
        await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().waitFor()
        await page.keyboard.press('Enter')
        await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' })
      }
      await dialog.getByLabel('给申请人的说明').first().fill('请重新拍摄')
      await dialog.locator('.preview').getByText(/请重新拍摄/).waitFor()
      expect(await dialog.locator('.preview tbody tr').count()).to.equal(2)
      await faultless(page, 'correction')
      await look(page, 'correction')
      await dialog.getByRole('button', { name: '确定补正' }).click()
      await page.getByText('已作出意见“补正”').waitFor()
      const { correction } = await until('the correction', async () => {
        const item = itemOf(await (await stack().as('hrss-gx')).get(`applications/${id}`), 'archive-transfer')
        return item.correction ? item : undefined
      })
      expect([correction.fields.length, correction.materials.length]).to.deep.equal([1, 1])
      await page.goto(`/desk/tasks/${task.id}`)
      await page.getByRole('tab', { name: '文书' }).click()
      await print(page, '补正通知书')
    })
  })

  it('asks for a reason where a finding is overridden, and shows the refusal before it is sent', async () => {
    const { page } = tab
    const { id, applicant } = await submit(['flexible-pension'], { group: 'e2e-unknown' })
    const task = await taskOf(id, 'flexible-pension')
    await openClaimed(page, task.id)
    await page.getByRole('heading', { name: '自动核验结论' }).waitFor()
    await page.keyboard.press('2')
    await choose(page, '理由', /./)
    await dialogue(page, '不予核定告知书').getByText(/行政复议/).waitFor()
    await faultless(page, 'refusal')
    await look(page, 'refusal')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('1')
    await page.getByRole('button', { name: '确定通过' }).click()
    await page.getByText('请写明理由').waitFor()
    await page.getByLabel('说明').fill('已电话核实本人身份')
    await look(page, 'override')
    await page.getByRole('button', { name: '确定通过' }).click()
    await until('the approval', async () => itemOf(await applicant.get(`applications/${id}`), 'flexible-pension').outcome === 'approved')
  })

  it('takes many at once, passes only what is green, draws a share, and tells the result of each', async () => {
    const { page } = tab
    const cases = await Promise.all(Array.from({ length: 4 }, () => submit()))
    const tasks = await Promise.all(cases.map(({ id }) => taskOf(id)))
    const clerk = await stack().as('hrss-gx')
    await clerk.post(`tasks/${tasks[0].id}/claim`, {})
    await clerk.post(`tasks/${tasks[0].id}/verdicts`, { subject: '/common/person/mobile', verdict: 'wrong' })
    await page.goto('/desk?queue=all&slug=resident-pension')
    // Enter belongs to what has the keyboard, not to the row that the keys stand on.
    await page.getByRole('checkbox', { name: `选中 ${tasks[0].number}` }).waitFor()
    await page.getByRole('button', { name: '快捷键（?）' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '任务清单' }).waitFor()
    expect(page.url()).to.include('queue=all')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    for (const { number } of tasks) await page.getByRole('checkbox', { name: `选中 ${number}` }).check()
    await page.getByText('已选 4 件').waitFor()
    // A selection belongs to its list: another one, and the same one again, begin with none.
    await page.getByRole('link', { name: '办件工作台' }).click()
    await page.getByRole('heading', { name: '本组待领' }).waitFor()
    expect(await page.getByText(/已选 \d+ 件/).count()).to.equal(0)
    await page.goBack()
    for (const { number } of tasks) await page.getByRole('checkbox', { name: `选中 ${number}` }).check()
    await page.getByText('已选 4 件').waitFor()
    await look(page, 'bulk')
    await page.getByRole('button', { name: '批量签收' }).click()
    await page.getByText('批量签收的结果').waitFor()
    for (const { number } of tasks) await page.getByText(`${number}：完成`).waitFor()
    for (const { number } of tasks) await page.getByRole('checkbox', { name: `选中 ${number}` }).check()
    await page.getByRole('button', { name: '批量通过' }).click()
    await page.getByRole('button', { name: '确定通过' }).click()
    await page.getByText('批量通过的结果').waitFor()
    const results = await page.locator('.bulk li').allInnerTexts()
    await faultless(page, 'bulk')
    await look(page, 'bulk-result')
    expect(results.find(text => text.startsWith(tasks[0].number))).to.contain('请单独办理')
    expect(results.filter(text => text.includes('抽中单独审核'))).to.have.length(1)
    expect(results.filter(text => text.endsWith('：完成'))).to.have.length(2)
  })

  it('saves a list for colleagues, who see how much is in it', async () => {
    const { page } = tab
    await page.goto('/desk?queue=all&slug=resident-pension&channel=online')
    await page.getByRole('button', { name: '保存当前清单' }).click()
    await page.getByLabel('名称').fill('线上居民养老')
    await page.getByText('本部门同事也能看到').click()
    await faultless(page, 'save view')
    await look(page, 'view')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    const shared = colleague.page.getByRole('button', { name: /线上居民养老（\d+）共享/ })
    await colleague.page.goto('/desk')
    await shared.waitFor()
    const countOf = async (): Promise<number> => Number(/（(\d+)）/.exec(await shared.innerText())![1])
    const before = await countOf()
    await submit()
    await until('the live count', async () => await countOf() === before + 1)
    await page.getByRole('button', { name: '删除清单 线上居民养老' }).click()
    await page.getByRole('button', { name: /线上居民养老（/ }).waitFor({ state: 'detached' })
  })

  it('is locked when nobody has touched it for a quarter of an hour', async () => {
    const idle = await openTab(1440, 'hrss-gx')
    await idle.page.clock.install()
    await idle.page.goto('/desk')
    await idle.page.getByRole('heading', { name: '本组待领' }).waitFor()
    const used = await idle.page.context().newPage()
    await used.goto('/desk/waiting/display')
    await used.getByRole('heading', { name: '正在等候' }).waitFor()
    await idle.page.clock.fastForward(14 * 60_000)
    // A touch of one tab is one of all: they share the session.
    await used.keyboard.press('Shift')
    await idle.page.clock.fastForward(2 * 60_000)
    await idle.page.reload()
    await idle.page.getByRole('heading', { name: '本组待领' }).waitFor()
    await idle.page.clock.fastForward(16 * 60_000)
    await idle.page.waitForURL(/login|interaction|authorize/)
    await idle.page.goto('/desk')
    await idle.page.getByRole('heading', { name: '请先登录' }).waitFor()
    await idle.close()
  })
})
