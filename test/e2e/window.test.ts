import { expect } from 'chai'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { until } from '../support/until.ts'
import { isCompleted, isFinal, itemOf, workUntil } from './support/case.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import { sign } from './support/applicant.ts'
import { CountingClerk, faultless } from './support/clerk.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

interface Citizen {
  readonly client: any
  readonly name: string
  /** What a reader sends for the card. */
  readonly card: string
}

/** Somebody who comes to the counter with a card. */
async function citizen(region = 'guangxi', group?: string): Promise<Citizen> {
  const client = await stack().newcomer(group)
  const { common: { person } } = await client.get(`regions/${region}/prefill?matters=`)
  const card = `${person.name}|${person.sex === 'male' ? '男' : '女'}|壮|${person.birthDate.replaceAll('-', '')}|广西南宁市青秀区民族大道1号|${person.idNumber}|南宁市公安局青秀分局|20190618-20390618`
  return { client, name: person.name, card }
}

const idOf = (page: Page): string => /intake\/([0-9a-f-]{36})/.exec(page.url())![1]!

const blankPage = (): Promise<Buffer> => sharp({ create: { width: 600, height: 850, channels: 3, background: '#eee' } }).png().toBuffer()

/** Values that only development fills in: what a clerk would have to type. */
async function madeUp(card: string, matters: readonly string[]): Promise<string[]> {
  const window = await stack().as('window-gx')
  const prefilled = await window.call('POST', 'window/prefill', { reading: card, matters })
  const valueAt = (path: string): unknown => path.split('/').slice(1).reduce((here: any, name) => here?.[name], prefilled)
  const leaves = (value: unknown): string[] => {
    if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
    return [typeof value === 'boolean' ? '1' : String(value)]
  }
  return prefilled.sources.filter(({ source }: any) => source === 'example').flatMap(({ path }: any) => leaves(valueAt(path)))
}

/** From the card to the number, by keyboard alone. */
async function takeIn(
  page: Page, clerk: CountingClerk, { card, digits, atDraft }: { card: string; digits: readonly string[]; atDraft?: () => Promise<void> }
): Promise<void> {
  await page.goto('/desk/intake')
  await page.getByLabel('申请人证件').waitFor()
  clerk.pages = 1
  await clerk.layCard(card)
  await page.getByRole('group', { name: /办理事项/ }).waitFor()
  for (const digit of digits) await clerk.press(digit)
  await clerk.press('Enter')
  await page.getByRole('heading', { name: '录入申请' }).waitFor()
  await atDraft?.()
  // What is not 免提交 is laid on the counter and seen.
  await until('the materials', async () => await page.getByText('正在核对材料').count() === 0)
  const seen = page.getByRole('button', { name: /原件已核，到任一政务服务窗口出示原件/ })
  for (let left = await seen.count(); left > 0; left--) {
    await clerk.use(seen.first())
    await until('the original seen', async () => await seen.count() < left)
  }
  for (const notice of await page.getByRole('checkbox', { name: /须知/ }).all()) await clerk.tick(notice)
  await clerk.tick(page.getByRole('checkbox', { name: '申请人已阅读并同意以上承诺' }))
  await clerk.choose(page.getByRole('group', { name: '申请人怎样签名' }), '在打印件上签名')
  await clerk.tick(page.getByRole('checkbox', { name: '复印件已由申请人签名' }))
}

describeInBrowser('the counter in a browser @web', function () {
  this.timeout(180_000)

  it('takes a paper application in by keyboard and hands the result out', async () => {
    const { client, name, card } = await citizen()
    const { page, complaints, close } = await openTab(1440, 'window-gx')
    const clerk = new CountingClerk(page)
    await takeIn(page, clerk, { card, digits: ['3', '7'], atDraft: async () => {
      await faultless(page, 'window-03-draft')
      // 窗口领取 for both, as the paper form says.
      for (const title of ['灵活就业人员养老保险登记', '灵活就业人员医疗保险参保登记']) {
        await clerk.use(page.locator('summary', { hasText: title }).first())
        await clerk.choose(page.locator('details.part', { hasText: title }).locator('fieldset', { hasText: '窗口领取' }).last(), '窗口领取')
      }
      await until('the draft saved', async () => /已于.*保存/.test(await page.locator('.intake').textContent() ?? ''))
    } })
    await clerk.use(page.getByRole('button', { name: '提交并打印收件凭证' }))
    await page.getByRole('heading', { name: '已收件' }).waitFor()
    const number = (await page.locator('.case-number').textContent())!
    await clerk.press('Enter')
    await page.getByRole('dialog', { name: '收件凭证' }).waitFor()
    await clerk.press('Escape')
    await faultless(page, 'window-05-done')
    const id = idOf(page)
    process.stdout.write(`      ${clerk.report('two items without originals')}\n`)
    expect(clerk.seconds).to.be.at.most(180)
    const window = await stack().as('window-gx')
    const application = await window.get(`applications/${id}`)
    expect([application.number, application.channel]).to.deep.equal([number, 'window'])
    expect((await window.get(`applications/${id}/intake`))).to.include({ signing: 'paper', copiesSigned: true, takenBy: '黄秀清' })
    await handOut(page, clerk, { id, name, card })
    await until('the delivery', async () => itemOf(await window.get(`applications/${id}`), 'flexible-pension').status === 'delivered')
    expect((await client.get(`applications/${id}`)).items.every(isFinal)).to.equal(true)
    expect(complaints).to.deep.equal([])
    await close()
  })

  /** Reviews that a person has to do are done; then the pick-up task is worked by keyboard. */
  async function handOut(page: Page, clerk: CountingClerk, { id, name, card }: { id: string; name: string; card: string }) {
    const window = await stack().as('window-gx')
    await workUntil(window, id, () => false, () => undefined, 1).catch(() => undefined)
    const task = await until('the result at the counter', async () =>
      (await window.get(`tasks?queue=pickup&applicationId=${id}`)).tasks[0], 90_000)
    await page.goto(`/desk/tasks/${task.id}`)
    await page.getByRole('heading', { name: '谁来领取' }).waitFor()
    await faultless(page, 'window-09-pickup')
    expect(await page.locator('body').textContent()).not.to.contain(name)
    await clerk.layCard((await citizen()).card)
    await page.getByText('证件已读取').waitFor()
    await clerk.choose(page.getByRole('group', { name: '领取人怎样签名' }), '在打印件上签名')
    await clerk.use(page.getByRole('button', { name: '核验身份并交付' }))
    await page.getByText('所持证件与申请表上的姓名、证件号码不一致').waitFor()
    await page.reload()
    await page.getByLabel('申请人本人的证件').waitFor()
    await clerk.layCard(card)
    await page.getByText('证件已读取').waitFor()
    await clerk.choose(page.getByRole('group', { name: '领取人怎样签名' }), '在打印件上签名')
    await clerk.use(page.getByRole('button', { name: '核验身份并交付' }))
    await page.getByRole('heading', { name: '已当面交付' }).waitFor()
    await faultless(page, 'window-10-handed-over')
  }

  it('stays within eight minutes with the archive and the resident pension, even if all that development fills in is typed', async () => {
    const { card } = await citizen()
    const { page, close } = await openTab(1440, 'window-gx')
    const clerk = new CountingClerk(page)
    for (const value of await madeUp(card, ['archive-transfer', 'resident-pension'])) clerk.countAsTyped(value)
    await takeIn(page, clerk, { card, digits: ['1', '2'] })
    await clerk.use(page.getByRole('button', { name: '提交并打印收件凭证' }))
    await page.getByRole('heading', { name: '已收件' }).waitFor()
    process.stdout.write(`      ${clerk.report('archive and resident pension')}\n`)
    expect(clerk.seconds).to.be.at.most(480)
    await close()
  })

  it('prints where to go for what it does not take, and tells by the card how far an earlier case and its mail are', async () => {
    const { client, card } = await citizen('ningxia', 'e2e-nx')
    const { id, number } = await client.apply('ningxia', ['social-security-card'])
    const [{ trackingNumber }] = (await workUntil(client, id, isCompleted)).parcels
    const { page, complaints, close } = await openTab(1440, 'window-nx')
    const clerk = new CountingClerk(page)
    await page.goto('/desk/intake')
    await page.getByLabel('申请人证件').waitFor()
    await clerk.layCard(card)
    await page.getByText(/请到.*人社.*办理/).first().waitFor()
    await faultless(page, 'window-08-referral')
    await clerk.use(page.getByRole('button', { name: '打印转办告知单' }).first())
    const paper = page.frameLocator('iframe[title=转办告知单]').owner()
    await paper.waitFor()
    expect(await paper.getAttribute('src')).to.match(/^blob:/)
    await clerk.press('Escape')
    await clerk.use(page.getByRole('link', { name: number }))
    await page.getByText(`邮件号 ${trackingNumber}`).waitFor()
    await faultless(page, 'window-11-mailed')
    expect(complaints).to.deep.equal([])
    await close()
  })

  for (const width of [1024, 390]) {
    const at = (name: string): string => (width === 390 ? `${name} at 390` : name)
    it(`is whole, Chinese and without a fault at ${width} px`, async () => {
      const { card } = await citizen()
      const { page, complaints, close } = await openTab(width, 'window-gx')
      await page.goto('/desk/intake')
      await page.getByLabel('申请人证件').fill('韦安宁 12345')
      await page.keyboard.press('Enter')
      await page.getByText('证件号码的位数或字符不对').waitFor()
      await faultless(page, at('window-01-card'))
      await page.getByLabel('申请人证件').fill(card)
      await page.keyboard.press('Enter')
      await page.getByRole('group', { name: /办理事项/ }).waitFor()
      await page.keyboard.press('3')
      await page.getByText(/不能选/).first().waitFor()
      await faultless(page, at('window-02-choice'))
      await page.getByRole('button', { name: '开始录入' }).click()
      await page.getByRole('heading', { name: '录入申请' }).waitFor()
      await page.getByRole('checkbox', { name: '由代办人办理' }).check()
      await page.getByLabel('代办人证件', { exact: true }).fill((await citizen()).card)
      await page.keyboard.press('Enter')
      await page.getByText('代办人身份已核验').waitFor()
      await page.getByLabel('关系').fill('配偶')
      const scan = page.getByLabel(/扫描上传（可选多页）：.*承诺书/)
      const buffer = await blankPage()
      await scan.setInputFiles(['第1页.png', '第2页.png'].map(name => ({ name, mimeType: 'image/png', buffer })))
      await page.getByRole('link', { name: /承诺书（共2页）/ }).waitFor()
      for (const box of await page.getByRole('checkbox', { name: /须知|同意以上承诺|复印件/ }).all()) await box.check()
      await page.getByRole('radio', { name: '按指印（须有见证人）' }).check()
      await page.getByRole('button', { name: '提交并打印收件凭证' }).click()
      await page.getByText('按指印的，请填写见证人姓名').waitFor()
      await faultless(page, at('window-04-agent'))
      if (width === 390) await page.getByLabel('见证人姓名').fill('莫见真')
      else {
        await page.getByRole('radio', { name: '在屏幕上签名' }).check()
        await sign(page)
        await page.getByRole('img', { name: '签名框，已签名' }).waitFor()
      }
      await page.getByRole('button', { name: '提交并打印收件凭证' }).click()
      await page.getByRole('heading', { name: '已收件' }).waitFor()
      const number = (await page.locator('.case-number').textContent())!
      const { signing } = await (await stack().as('window-gx')).get(`applications/${idOf(page)}/intake`)
      expect(signing).to.equal(width === 390 ? 'fingerprint' : 'screen')
      for (const [path, name] of [['waiting', 'window-06-waiting'], ['waiting/display', 'window-07-display']] as const) {
        await page.goto(`/desk/${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.getByText(path === 'waiting' ? number : number.slice(-4)).first().waitFor()
        await faultless(page, at(name))
      }
      expect(complaints).to.deep.equal([])
      await close()
    })
  }
})
