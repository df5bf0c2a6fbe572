import { expect } from 'chai'
import { chooseMatters, finger } from './support/applicant.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { itemOf, workUntil } from './support/case.ts'
import { picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

const PHONE = 390
const CARD = 'social-security-card'

describeInBrowser('what an applicant is told when something is wrong @web', function () {
  this.timeout(120_000)

  it('leads from a forgotten file to its block, and from an expired session to the login and back', async () => {
    const client = await stack().newcomer()
    const { id } = await client.apply('guangxi', [CARD])
    const material = { code: 'photo', reasonCode: 'MATERIAL_NOT_MATCHING', text: '照片看不清' }
    const judge = () => ({ decision: 'correct', reasonCode: material.reasonCode, correction: { fields: [], materials: [material] } })
    await workUntil(client, id, one => itemOf(one, CARD).status === 'correcting', judge)
    const { page, complaints, close } = await openTab(PHONE, client.account)
    await page.goto(`/apply/cases/${id}/correction/${CARD}`)
    await page.getByRole('button', { name: '提交补正' }).click()
    await page.getByRole('link', { name: /照片：请补正此项/ }).click()
    const block = page.getByRole('group', { name: /照片/ })
    expect(await block.evaluate(element => element.matches(':focus')), 'the summary leads to the material').to.equal(true)
    await block.getByText('请补正此项').waitFor()
    await picture(page, 'apply-64-forgotten')
    expect(await faultsOf(page)).to.deep.equal([])

    // Ended at the server: a question that is under way would bring a cookie back that was only thrown away here.
    await page.evaluate(() => fetch('/api/v1/auth/logout', { method: 'POST' }))
    await page.getByRole('button', { name: '提交补正' }).click()
    const login = page.locator('form').getByRole('alert').getByRole('link', { name: '重新登录' })
    expect(await login.getAttribute('href')).to.contain(encodeURIComponent(`/apply/cases/${id}/correction/${CARD}`))
    await page.getByText('内容可能不是最新的').waitFor()
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.waitForTimeout(6000)
    expect(asked, 'nothing more is asked').to.deep.equal([])
    expect(await faultsOf(page)).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await close()
  })

  it('leaves the focus to whoever types when another mistake comes after the try', async () => {
    const client = await stack().newcomer()
    const { page, close } = await openTab(PHONE, client.account)
    await chooseMatters(page, finger, '广西', ['灵活就业人员养老保险登记'], async () => undefined)
    const mobile = page.getByLabel('联系电话')
    const right = await mobile.inputValue()
    const summary = page.getByRole('alert', { name: /需要改正/ })
    await mobile.fill('123')
    await page.getByRole('button', { name: '保存，下一步' }).click()
    await summary.waitFor()
    expect(await summary.evaluate(element => element.matches(':focus')), 'after the try').to.equal(true)
    await mobile.fill(right)
    await summary.waitFor({ state: 'detached' })
    await mobile.fill('123')
    await summary.waitFor()
    expect(await mobile.evaluate(element => element.matches(':focus')), 'while typing').to.equal(true)
    await close()
  })
})
