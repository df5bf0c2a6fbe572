import { expect } from 'chai'
import { chooseMatters, finger } from './support/applicant.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { stack } from './support/root-stack.ts'

describeInBrowser('an address in a browser @web', function () {
  this.timeout(60_000)

  it('is chosen from the county over the township to the village, and kept with the draft', async () => {
    const client = await stack().newcomer()
    const { page, complaints, close } = await openTab(390, client.account)
    await chooseMatters(page, finger, '广西', ['灵活就业人员养老保险登记'], async () => undefined)
    const field = page.locator('.field', { has: page.getByText('常住地址', { exact: false }) }).filter({ has: page.locator('select') }).first()
    await field.locator('select').first().selectOption('南宁市兴宁区')
    expect(await field.getByLabel('村（社区）').count(), 'no village before its township').to.equal(0)
    await field.getByLabel('乡镇（街道）').selectOption('民生街道')
    await field.getByLabel('村（社区）').selectOption('兴宁社区居委会')
    await page.getByText('已自动保存').waitFor()
    const id = /drafts\/([0-9a-f-]{36})/.exec(page.url())![1]!
    expect((await client.get(`applications/${id}`)).content.common.person.residenceDivision).to.equal('450102001003')
    expect(await faultsOf(page)).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await field.locator('select').first().selectOption('广东省')
    await field.getByLabel('县（市、区）').selectOption('深圳市罗湖区')
    expect(await field.getByLabel('乡镇（街道）').count(), 'our lists end at the county there').to.equal(0)
    await close()
  })
})
