import { expect } from 'chai'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import type { Tab } from './support/browser.ts'
import { picture } from './support/picture.ts'
import { everyElement } from './support/every-element.ts'
import { englishOf, wordsIn } from './support/panel-walk.ts'
import { stack } from './support/root-stack.ts'

const NAME = '城乡居民基本养老保险参保登记'

describeInBrowser('the designers\' studio in a browser @web', function () {
  this.timeout(120_000)
  let first: Tab

  before(async () => { first = await openTab(1440, 'designer-gx') })
  after(() => first.close())

  it('is for designers alone', async () => {
    const clerk = await openTab(1440, 'hrss-gx')
    await clerk.page.goto('/studio')
    await clerk.page.getByRole('heading', { name: '这个账号不能使用流程设计室' }).waitFor()
    await clerk.close()
  })

  it('begins a draft from what is in force and draws it, with the watermark of bpmn.io to be seen', async () => {
    const { page, complaints } = first
    await page.goto('/studio')
    await page.getByLabel('现行的流程或规则表').click()
    await page.getByTitle(new RegExp(`^${NAME}`)).click()
    await page.getByRole('button', { name: '由现行版本另起草案' }).click()
    await page.getByRole('heading', { name: new RegExp(NAME) }).waitFor()
    await page.getByText('没有不合规则之处，可以送审。').waitFor()
    expect(await page.locator('.bjs-powered-by').isVisible()).to.equal(true)
    await picture(page, 'studio-draw', [1440])
    expect([await faultsOf(page), complaints]).to.deep.equal([[], []])
  })

  it('says nothing in English of any element, in its panel, its tools, its menus and the simulation', async () => {
    const { page, complaints } = first
    const designer = await stack().as('designer-gx')
    const key = 'guangxi-resident-pension'
    const { xml, ids } = everyElement(key)
    const { id } = await designer.post('drafts', { key, xml })
    await page.goto(`/studio/drafts/${id}/draw`)
    await page.locator(`[data-element-id=${ids[0]}]`).first().waitFor()
    const found = await wordsIn(page, '.drawing')
    for (const element of ids) found.push(...await englishOf(page, element))
    await page.getByText('模拟运行').click()
    await page.getByTitle('打开或收起记录').click()
    await page.locator('.bts-log').waitFor()
    found.push(...await wordsIn(page, '.drawing'))
    expect(found).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await designer.send('DELETE', `drafts/${id}`)
  })
})
