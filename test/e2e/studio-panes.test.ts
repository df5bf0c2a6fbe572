import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { ApiClient } from '../../scripts/client.ts'
import { withVillageStep } from '../engine/village-step.ts'
import { until } from '../support/until.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import type { Tab } from './support/browser.ts'
import { wordsIn } from './support/panel-walk.ts'
import { picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

const KEY = 'guangxi-resident-pension'
const MISSING = '“村级核验”（Task_VillageReview）：没有人员的部门组'

/** What has the keyboard, as the name of its tag and its text. */
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.tagName + " " + document.activeElement.textContent') as Promise<string>
const isFocusIn = (page: Page, place: string): Promise<boolean> =>
  page.evaluate(`document.activeElement.closest(${JSON.stringify(place)}) !== null`) as Promise<boolean>

describeInBrowser('forms, findings and tables in the studio @web', function () {
  this.timeout(120_000)
  let designer: ApiClient
  let second: ApiClient
  let tab: Tab
  const made: string[] = []

  before(async () => {
    designer = await stack().as('designer-gx')
    second = await stack().as('designer2-gx')
    tab = await openTab(1440, 'designer-gx')
  })
  after(async () => {
    for (const id of made) await designer.send('DELETE', `drafts/${id}`)
    expect(tab.complaints).to.deep.equal([])
    await tab.close()
  })

  const begin = async (body: object): Promise<string> => {
    const { id } = await designer.post('drafts', body)
    made.push(id)
    return id
  }

  it('shows the form of the applicant and of each task, by keyboard, narrow and wide', async () => {
    const { page } = tab
    const id = await begin({ key: KEY, xml: withVillageStep('hrss') })
    await page.goto(`/studio/drafts/${id}/forms`)
    expect(await page.getByLabel('姓名', { exact: true }).inputValue()).to.equal('韦美兰')
    // The same rendering as the applicant's: a choice brings its field.
    const local = page.locator('#field-items-resident-pension-localTierFen')
    expect(await local.count()).to.equal(0)
    await page.getByLabel('个人缴费额').selectOption('local')
    await local.waitFor()
    await fits(page, 'studio-form-applicant')

    await page.getByRole('combobox', { name: '看哪一步的表单' }).focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('heading', { name: '审核参保登记' }).waitFor()
    const table = page.getByRole('table', { name: '基本信息' })
    expect(await table.getByRole('row', { name: /姓名/ }).textContent()).to.equal('姓名韦*兰')
    await page.getByRole('table', { name: '城乡居民基本养老保险参保登记' }).waitFor()
    await fits(page, 'studio-form-task')
  })

  async function fits(page: Page, name: string): Promise<void> {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 })
      await picture(page, name, [width])
      expect(await faultsOf(page), `${name} at ${width}`).to.deep.equal([])
    }
    expect(await wordsIn(page, '.form-preview')).to.deep.equal([])
  }

  it('leads by keyboard from a finding to its element, into its properties, and back', async () => {
    const { page } = tab
    const id = await begin({ key: KEY, xml: withVillageStep(null) })
    await page.goto(`/studio/drafts/${id}/draw`)
    const finding = page.getByRole('button', { name: MISSING })
    await finding.focus()
    await page.keyboard.press('Enter')
    await page.locator('.djs-element.selected[data-element-id=Task_VillageReview]').waitFor({ state: 'attached' })
    expect(await isFocusIn(page, '.drawing-canvas')).to.equal(true)
    await page.keyboard.press('Escape')
    expect(await focused(page)).to.include(MISSING)

    await page.keyboard.press('Enter')
    for (let step = 0; step < 30 && !await isFocusIn(page, '.drawing-panel'); step++) await page.keyboard.press('Tab')
    expect(await isFocusIn(page, '.drawing-panel')).to.equal(true)
    await page.locator('.bio-properties-panel-group-header').filter({ has: page.getByText('办理人', { exact: true }) })
      .getByRole('button', { name: '展开或收起' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.drawing-panel').getByLabel('候选组', { exact: true }).focus()
    await page.keyboard.type('hrss')
    await page.keyboard.press('Tab')
    await page.getByText('没有不合规则之处，可以送审。').waitFor()
    expect(await isFocusIn(page, '.drawing-panel')).to.equal(true)
    await page.keyboard.press('Escape')
    // The finding is gone: the list itself has the keyboard.
    expect(await focused(page)).to.match(/^DIV .*没有不合规则之处/)
  })

  it('finds the gap, the overlap and the missing clause of a table, and lights the rule that answers', async () => {
    const { page } = tab
    const id = await begin({ key: 'guangxi-deadlines' })
    await page.goto(`/studio/drafts/${id}/table`)
    for (const button of ['删去规则 deadline-resident-pension-window', '复制规则 deadline-archive-transfer-window']) {
      await page.getByRole('button', { name: button, exact: true }).focus()
      await page.keyboard.press('Enter')
    }
    const note = page.getByLabel('规则 deadline-resident-pension-online 的说明', { exact: true })
    await note.fill('')
    await note.pressSequentially('一二三四五六七八九十'.repeat(3))
    expect(await note.inputValue()).to.have.length(30)
    await page.keyboard.press('Tab')
    await page.getByLabel('规则 deadline-resident-pension-online 的依据条款', { exact: true }).fill('')
    await page.keyboard.press('Tab')
    // Whoever leaves the tab finds what was changed there again, saved.
    await page.getByRole('link', { name: '检查', exact: true }).click()
    await page.getByRole('link', { name: '规则表', exact: true }).click()
    await page.getByText('已保存', { exact: true }).waitFor()
    expect(await note.inputValue()).to.have.length(30)
    // Somebody saves meanwhile: mine may go over theirs, by a choice.
    const theirs = await designer.get(`drafts/${id}`)
    await note.fill('改过')
    await page.keyboard.press('Tab')
    expect((await designer.send('PUT', `drafts/${id}`, { xml: theirs.xml.replace('\n', '\n\n') }, { 'if-match': `"${theirs.version}"` })).status).to.equal(200)
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('button', { name: '以我的为准（对方的留在历史中）' }).click()
    await page.getByText('已保存', { exact: true }).waitFor()
    expect(await note.inputValue()).to.equal('改过')
    await page.getByText('没有规则回答：事项＝resident-pension，申请渠道＝window').waitFor()
    const faultOf = (rule: string) => page.getByRole('rowheader', { name: new RegExp(`^${rule}(?! *-)`) }).locator('.rule-fault')
    expect(await faultOf('deadline-archive-transfer-window-2').textContent()).to.include('同时回答')
    expect(await faultOf('deadline-resident-pension-online').textContent()).to.include('没有写明依据的条款')
    expect((await designer.send('POST', `drafts/${id}/release`, { reason: '试改时限' })).status).to.equal(422)
    expect((await second.send('POST', `drafts/${id}/approve`, {})).status).to.equal(409)

    await page.getByLabel('事项', { exact: true }).selectOption('resident-pension')
    await page.getByLabel('申请渠道', { exact: true }).selectOption('platform')
    await page.getByRole('button', { name: '试算' }).click()
    await until('the rule lit', async () => await page.locator('tr.rule-hit').count() === 1)
    expect(await page.locator('tr.rule-hit th').textContent()).to.include('deadline-resident-pension-online').and.include('命中')
    expect(await faultsOf(page)).to.deep.equal([])
  })
})
