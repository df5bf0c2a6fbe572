import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { chooseMatters, fillIn, finger, idOf, receiptNumber, sign } from './support/applicant.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { isCompleted, workUntil } from './support/case.ts'
import { picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- forms and answers are read as they come */

const PHONE = 390

describeInBrowser('help with applying @web', function () {
  this.timeout(120_000)

  it('lets somebody apply for a member of the family: the other\'s form, oneself as the agent, the letter to be signed', async () => {
    const helper = await stack().newcomer()
    const relative = await stack().newcomer()
    const { person } = (await relative.get('regions/guangxi/prefill?matters=')).common
    const { page, complaints, close } = await openTab(PHONE, helper.account)
    const faults: string[] = []
    const look = async (): Promise<void> => void faults.push(...await faultsOf(page))
    await page.goto('/apply/regions/guangxi/choose')
    await page.getByLabel('替亲友办').check()
    await page.getByRole('checkbox', { name: '灵活就业人员养老保险登记' }).check()
    await look()
    await picture(page, 'apply-50-relative')
    await page.getByRole('button', { name: '开始填写' }).click()
    await page.getByText('您在替亲友办理').waitFor()
    expect(await page.getByLabel('姓名', { exact: true }).inputValue(), 'nothing of the helper stands in the relative\'s form').to.equal('')
    await typeIn(page, (await helper.get('regions/guangxi/forms')).common.schema.properties.person, person)
    await page.getByLabel('关系').fill('子女')
    await look()
    await picture(page, 'apply-51-agent')

    await fillIn(page, finger, async name => {
      await look()
      if (name === 'materials') await handInLetter(page)
      if (name === 'review') await page.getByRole('heading', { name: '代办人' }).waitFor()
    })
    await page.getByRole('checkbox', { name: '我同意以上承诺' }).check()
    await sign(page)
    await page.getByRole('button', { name: '提交申请' }).click()
    await receiptNumber(page)
    const { materials, content: { common, agent } } = await helper.get(`applications/${idOf(page)}`)
    expect(materials, 'the letter').to.have.length(1)
    expect(common.person.idNumber).to.equal(person.idNumber)
    const own = (await helper.get('regions/guangxi/prefill?matters=')).common.person
    expect(agent).to.include({ name: own.name, idNumber: own.idNumber, relation: '子女' })
    expect(faults).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await close()
  })

  it('tells each step in the inbox, and lets a member of the family get the text messages too', async () => {
    const client = await stack().newcomer('e2e-nx')
    const { id, number } = await client.apply('ningxia', ['employment-registration', 'social-security-card'])
    await workUntil(client, id, isCompleted)
    const { page, complaints, close } = await openTab(PHONE, client.account)
    const faults: string[] = []
    const look = async (name: string): Promise<void> => {
      faults.push(...await faultsOf(page))
      await picture(page, name)
    }
    await page.goto('/apply/mine')
    await page.getByRole('link', { name: /消息（\d+ 条未读）/ }).click()
    await page.getByText(number).first().waitFor()
    await page.getByRole('heading', { name: '申请已受理' }).first().waitFor()
    await look('apply-60-inbox')
    await page.getByRole('button', { name: '全部标为已读' }).click()
    await page.getByText('未读').first().waitFor({ state: 'detached' })

    await page.getByRole('link', { name: '让亲友也收到短信' }).click()
    await page.getByLabel('亲友姓名').fill('马晓')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('link', { name: '请选择亲友与您的关系' }).waitFor()
    await look('apply-61-contact')
    await page.getByLabel('子女').check()
    await page.getByLabel('亲友手机号').fill('13900000003')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('短信同时发给：马晓（子女），手机 139****0003').waitFor()
    await page.getByRole('button', { name: '取消，不再发给亲友' }).click()
    await page.getByLabel('亲友姓名').waitFor()

    await page.goto(`/apply/cases/${id}`)
    await page.getByText(/^邮件号 /).waitFor()
    await page.getByText('邮递费 5.80 元').waitFor()
    await look('apply-62-mailed')
    expect(faults).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await close()
  })

  it('loses nothing on a slow network, nor in a moment without one', async () => {
    const client = await stack().newcomer()
    const { page, close } = await openTab(PHONE, client.account)
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const network = (offline: boolean) =>
      session.send('Network.emulateNetworkConditions', { offline, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 })
    await network(false)
    await chooseMatters(page, finger, '广西', ['灵活就业人员养老保险登记'], async () => undefined)
    await network(true)
    await page.getByLabel('常住地详细地址').fill('民族大道五百号')
    await page.getByRole('button', { name: '保存，下一步' }).click()
    await page.getByText('暂时连不上服务器。您填写的内容都在这里').waitFor()
    const beside = page.locator('.actions').getByRole('alert')
    expect(await beside.innerText(), 'the reason stands beside the button that was pressed').to.contain('现在连不上服务器')
    await picture(page, 'apply-63-not-saved', [PHONE], beside)
    await network(false)
    await page.getByText('已自动保存').waitFor()
    expect(await beside.count(), 'nothing hinders any more').to.equal(0)
    await fillIn(page, finger, async () => undefined)
    expect((await client.get(`applications/${idOf(page)}`)).content.common.person.residenceAddress).to.equal('民族大道五百号')
    await close()
  })
})

/** The agent's letter, made out by what was filled in, is downloaded, signed and sent back. */
async function handInLetter(page: Page): Promise<void> {
  const letter = page.locator('.materials > li').filter({ has: page.getByRole('heading', { name: /承诺书/ }) })
  const asked = page.waitForEvent('download')
  await letter.getByRole('link', { name: '下载按申请填好的一份' }).click()
  const buffer = await readFile(await (await asked).path())
  expect(buffer.subarray(0, 5).toString()).to.equal('%PDF-')
  await letter.locator('input[type=file]').setInputFiles({ name: '承诺书.pdf', mimeType: 'application/pdf', buffer })
  await letter.getByText('已上传').waitFor()
  await picture(page, 'apply-52-letter')
}

/** Fills in each field of the person that is asked, by hand, as it would be read from the papers. */
async function typeIn(page: Page, schema: any, person: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(person)) {
    const field = page.locator(`#field-common-person-${name}`)
    if (await field.count() === 0) continue
    const tag = await field.evaluate(element => element.tagName)
    if (tag === 'FIELDSET') await field.getByLabel(schema.properties[name].oneOf.find((one: any) => one.const === value).title, { exact: true }).check()
    else if (tag === 'SELECT') await field.selectOption(schema.properties[name]['x-division'] ? value.slice(0, 6) : value)
    else await field.fill(value)
  }
}
