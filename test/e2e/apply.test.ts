import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { drawPortrait } from '../support/portrait.ts'
import { until } from '../support/until.ts'
import { chooseMatters, fillIn, finger, idOf, keyboardOf, receiptNumber, titleOf } from './support/applicant.ts'
import type { Hand } from './support/applicant.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { isCompleted, itemOf, workUntil } from './support/case.ts'
import { picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

const PHONE = 390
const nothing = async (): Promise<void> => undefined

describeInBrowser('an applicant in a browser @web', function () {
  this.timeout(120_000)

  it('goes on a telephone, by keyboard alone, from the guide to the receipt, and follows the case to delivery', async () => {
    const client = await stack().newcomer()
    const { page, complaints, close } = await openTab(PHONE, client.account)
    const hand = keyboardOf(page)
    await page.addInitScript(RECORDER)
    const faults: string[] = []
    let count = 0
    const check = async (name: string): Promise<void> => {
      faults.push(...(await faultsOf(page)).map(fault => `${name}: ${fault}`))
      await picture(page, `apply-${String(++count).padStart(2, '0')}-${name}`)
    }
    await chooseMatters(page, hand, '广西', ['灵活就业人员养老保险登记', '灵活就业人员社会保险费申报'], async name => {
      await check(name)
      if (name !== 'choose') return
      const barred = page.getByRole('checkbox', { name: '城乡居民基本养老保险参保登记' })
      expect(await barred.isDisabled(), 'excluded by what is chosen').to.equal(true)
      await page.getByText('不能同时办理，请只选择其中一项').first().waitFor()
    })

    const mobile = page.getByLabel('联系电话')
    const right = await mobile.inputValue()
    await hand.write(mobile, '123')
    await hand.use(page.getByRole('button', { name: '保存，下一步' }))
    await hand.use(page.getByRole('link', { name: '手机号码应为1开头的11位数字' }))
    expect(await mobile.evaluate(field => field.matches(':focus')), 'the summary leads to the field').to.equal(true)
    expect(await page.title()).to.match(/^错误：/)
    await check('mistakes')
    await hand.write(mobile, right)
    await page.getByText('已自动保存').waitFor()

    const advice: string[] = []
    await fillIn(page, hand, async name => {
      await check(name)
      if (name === 'section-2') await listen(page, hand)
      if (name === 'section-3') advice.push(await page.getByText('职工险种按缴费基数申报').first().innerText())
    })
    expect(advice, 'what is to be paid is told beside the rows').to.have.length(1)
    expect(await page.getByRole('checkbox', { name: '我同意以上承诺' }).isChecked(), 'nothing is ticked beforehand').to.equal(false)
    await hand.use(page.getByRole('button', { name: '提交申请' }))
    await page.getByRole('link', { name: '请阅读承诺内容并勾选同意' }).waitFor()
    await hand.tick(page.getByRole('checkbox', { name: '我同意以上承诺' }))
    await check('declare')
    // Who cannot draw a signature, as nobody can by keyboard, says so.
    await hand.tick(page.getByRole('checkbox', { name: '我不方便手写' }))
    await hand.use(page.getByRole('button', { name: '提交申请' }))
    const number = await receiptNumber(page)
    await page.getByAltText('二维码').waitFor()
    await check('receipt')

    await hand.use(page.getByRole('link', { name: '查看进度' }))
    await workUntil(client, idOf(page), isCompleted)
    await page.getByText('2 个事项，已办结 2 个').waitFor()
    await hand.use(page.locator('summary', { hasText: '为什么是这一天' }).first())
    await page.getByText(/计入：/).first().waitFor()
    await page.getByRole('link', { name: /办结结果通知书/ }).first().waitFor()
    await check('case')
    await hand.use(page.getByRole('link', { name: '评价这次办理' }))
    await hand.tick(page.getByLabel('非常满意').first())
    await check('rating')
    await hand.use(page.getByRole('button', { name: '提交评价' }))
    await page.getByRole('heading', { name: '谢谢您的评价' }).waitFor()
    await page.goto('/apply/mine')
    await page.getByRole('link', { name: number }).waitFor()
    await check('mine')

    const stranger = await openTab(PHONE)
    await stranger.page.goto(`/apply/lookup?number=${number}`)
    await stranger.page.getByLabel('申请时手机号的后四位').fill(right.slice(-4))
    await stranger.page.getByRole('button', { name: '查询' }).click()
    await stranger.page.getByRole('heading', { name: '已办结' }).waitFor()
    faults.push(...await faultsOf(stranger.page))
    await stranger.close()
    expect(faults).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await close()
  })

  it('does it by keyboard alone, in the largest text, in another region, on few screens, to delivery', async () => {
    const client = await stack().newcomer('e2e-nx')
    const { page, complaints, close } = await openTab(PHONE, client.account)
    await page.goto('/apply')
    await page.getByLabel('字号').selectOption('最大')
    const faults: string[] = []
    const screens = new Set<string>()
    const measure = async (): Promise<void> => {
      const title = (await titleOf(page).textContent())!
      screens.add(`${await page.locator('.position').allTextContents()} ${title}`)
      const found = [...await page.evaluate(SMALL_ONES) as string[], ...await faultsOf(page), ...await unlikeATree(page)]
      faults.push(...found.map(fault => `${title}: ${fault}`))
    }
    const hand = keyboardOf(page)
    await chooseMatters(page, hand, '宁夏', ['就业登记', '社会保险登记', '灵活就业人员社会保险费申报'], measure)
    await fillIn(page, hand, measure)
    await hand.tick(page.getByRole('checkbox', { name: '我同意以上承诺' }))
    await hand.tick(page.getByRole('checkbox', { name: '我不方便手写' }))
    await measure()
    await hand.use(page.getByRole('button', { name: '提交申请' }))
    expect(await receiptNumber(page)).to.match(/^64/)
    await measure()
    expect([...screens], 'three matters, from the first page to the receipt').to.have.length.at.most(12)

    await hand.use(page.getByRole('link', { name: '查看进度' }))
    await workUntil(client, idOf(page), isCompleted)
    await page.getByText('3 个事项，已办结 3 个').waitFor()
    await measure()
    await page.reload()
    await titleOf(page).getByText('办理进度').waitFor()
    expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize'), 'the size stays').to.equal('30px')
    expect(faults).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await close()
  })

  it('asks and advises before any login, and leads back to a draft', async () => {
    const client = await stack().newcomer()
    const { page, complaints, close } = await openTab(PHONE)
    const faults: string[] = []
    let count = 40
    const check = async (name: string): Promise<void> => {
      faults.push(...(await faultsOf(page)).map(fault => `${name}: ${fault}`))
      await picture(page, `apply-${count++}-${name}`)
    }
    await page.goto('/apply/regions/guangxi/questions')
    await page.locator('main .option').first().click()
    await check('questions')
    await page.getByRole('button', { name: '看结果' }).click()
    await page.getByRole('heading', { name: '您适合办理的事项' }).waitFor()
    await check('advice')
    await page.goto('/apply/lookup')
    await check('lookup')
    await page.goto('/apply/mine')
    await page.getByRole('link', { name: '实名登录' }).waitFor()
    await check('login')
    await close()

    const id = await client.draft('guangxi', ['social-security-card'])
    const own = await openTab(PHONE, client.account)
    for (const [address, sign] of [['mine', '草稿箱'], [`drafts/${id}`, '继续填写'], [`drafts/${id}/matters`, '需要什么']] as const) {
      await own.page.goto(`/apply/${address}`)
      await own.page.getByText(sign).first().waitFor()
      faults.push(...(await faultsOf(own.page)).map(fault => `${address}: ${fault}`))
      await picture(own.page, `apply-${count++}-${address.replace(id, '').replaceAll('/', '')}`)
    }
    await own.page.goto(`/apply/drafts/${id}`)
    await own.page.getByRole('button', { name: '删除这份草稿' }).click()
    await own.page.getByRole('button', { name: '确定删除' }).click()
    await own.page.getByText('还没有草稿和办件').waitFor()
    expect(faults).to.deep.equal([])
    expect([...complaints, ...own.complaints]).to.deep.equal([])
    await own.close()
  })

  it('loses nothing while the server is away, and its retry makes one case', async () => {
    const client = await stack().newcomer()
    const { page, close } = await openTab(PHONE, client.account)
    await chooseMatters(page, finger, '广西', ['灵活就业人员养老保险登记'], nothing)
    const address = page.getByLabel('常住地详细地址')
    await page.route('**/api/v1/applications/*', route => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
    await address.fill('民族大道一百号')
    await page.getByText('暂时连不上服务器').waitFor()
    await page.reload()
    expect(await address.inputValue(), 'kept over a reload').to.equal('民族大道一百号')
    await page.unroute('**/api/v1/applications/*')
    await page.getByText('已自动保存').waitFor()
    const id = idOf(page)
    expect((await client.get(`applications/${id}`)).content.common.person.residenceAddress).to.equal('民族大道一百号')

    await fillIn(page, finger, nothing)
    await page.getByRole('checkbox', { name: '我同意以上承诺' }).check()
    await page.getByRole('checkbox', { name: '我不方便手写' }).check()
    // The submission arrives, its answer does not.
    await page.route('**/submit', async route => { await route.fetch(); await route.abort() }, { times: 1 })
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('还没有收到受理编号').waitFor()
    await page.getByRole('button', { name: '再次提交' }).click()
    const number = await receiptNumber(page)
    const { applications } = await client.get('applications')
    expect(applications.map((one: { number: string }) => one.number)).to.deep.equal([number])
    await close()
  })

  it('sends a photograph by keyboard, again when it did not arrive, and says what was mended', async () => {
    const client = await stack().newcomer()
    const { page, close } = await openTab(PHONE, client.account)
    const hand = keyboardOf(page)
    await chooseMatters(page, hand, '广西', ['社会保障卡'], nothing)
    await page.goto(`/apply/drafts/${idOf(page)}/materials`)
    const entry = page.locator('.materials > li').filter({ hasText: '制卡人照片' })
    await entry.getByText('待上传').waitFor()
    await page.route('**/materials', route => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    const buffer = await (await drawPortrait({ width: 716, height: 882 })).jpeg({ quality: 95 }).toBuffer()
    const asked = page.waitForEvent('filechooser')
    await hand.use(entry.locator('input[type=file]'))
    await (await asked).setFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer })
    await entry.getByText('暂时连不上服务器').waitFor()
    await page.unroute('**/materials')
    await hand.use(entry.getByRole('button', { name: '再试一次' }))
    await entry.getByText('已上传').waitFor()
    await entry.getByText('已自动处理').first().waitFor()
    await entry.getByRole('img', { name: '预览' }).waitFor()
    await until('the mended picture is shown', async () => await page.evaluate('document.querySelector(".preview").naturalWidth') === 358)
    await picture(page, 'apply-30-photo')
    expect(await faultsOf(page)).to.deep.equal([])
    expect((await client.get(`applications/${idOf(page)}`)).materials.map((one: { code: string }) => one.code)).to.deep.equal(['photo'])
    await close()
  })

  it('goes on with a draft on another device, and overwrites nothing of it without being told to', async () => {
    const client = await stack().newcomer()
    const { page, close } = await openTab(PHONE, client.account)
    await chooseMatters(page, finger, '广西', ['灵活就业人员养老保险登记'], nothing)
    const address = page.getByLabel('常住地详细地址')
    await address.fill('民族大道一百零一号')
    await page.getByText('已自动保存').waitFor()
    const path = `applications/${idOf(page)}`
    const saved = async () => (await client.get(path)).content.common.person.residenceAddress

    const other = await openTab(PHONE, client.account)
    await other.page.goto('/apply/mine')
    await other.page.getByRole('link', { name: '草稿：' }).click()
    await other.page.getByRole('link', { name: '申请人信息' }).click()
    const there = other.page.getByLabel('常住地详细地址')
    expect(await there.inputValue(), 'what was typed on the first').to.equal('民族大道一百零一号')
    await there.fill('民族大道一百五十号')
    await other.page.getByText('已自动保存').waitFor()
    await other.close()

    await address.fill('民族大道二百号')
    await page.getByText('这份草稿刚才在别处').waitFor()
    expect(await saved()).to.equal('民族大道一百五十号')
    await page.getByRole('button', { name: '保留这里的内容' }).click()
    await page.getByText('已自动保存').waitFor()
    expect(await saved()).to.equal('民族大道二百号')
    await close()
  })

  it('mends by keyboard what a clerk asks for and nothing else, and takes one item back while the other goes on', async () => {
    const client = await stack().newcomer()
    const [returned, taken] = ['archive-transfer', 'resident-pension']
    const { id } = await client.apply('guangxi', [returned, taken])
    const field = { path: '/common/person/mobile', reasonCode: 'MATERIAL_NOT_MATCHING', text: '手机号码打不通，请核对' }
    const correction = { fields: [field], materials: [] }
    const judge = (task: { slug: string }) => (task.slug === returned ? { decision: 'correct', reasonCode: field.reasonCode, correction } : undefined)
    await workUntil(client, id, one => itemOf(one, returned).status === 'correcting' && itemOf(one, taken).status === 'reviewing', judge)

    const { page, complaints, close } = await openTab(PHONE, client.account)
    const hand = keyboardOf(page)
    await page.goto(`/apply/cases/${id}`)
    await page.getByText('其他事项照常办理').waitFor()
    await picture(page, 'apply-31-asked')
    await hand.use(page.getByRole('button', { name: '撤回这个事项' }).last())
    await hand.use(page.getByRole('button', { name: '确定撤回' }))
    await page.locator('.lane.no').getByText('已撤回').waitFor()
    const faults = await faultsOf(page)
    await hand.use(page.getByRole('link', { name: '去补正' }))
    await page.getByText('手机号码打不通，请核对').waitFor()
    expect(await page.locator('main input').count(), 'one field alone').to.equal(1)
    await picture(page, 'apply-32-correction')
    await hand.write(page.getByLabel('联系电话'), '1')
    await hand.use(page.getByRole('button', { name: '提交补正' }))
    await page.getByRole('link', { name: '手机号码应为1开头的11位数字' }).waitFor()
    faults.push(...await faultsOf(page))
    await hand.write(page.getByLabel('联系电话'), '13900000001')
    await hand.use(page.getByRole('button', { name: '提交补正' }))
    await titleOf(page).getByText('办理进度').waitFor()
    const done = await workUntil(client, id, isCompleted)
    expect([itemOf(done, returned).status, itemOf(done, taken).status]).to.deep.equal(['delivered', 'withdrawn'])
    expect(done.content.common.person.mobile).to.equal('13900000001')
    expect(faults).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    await close()
  })
})

/** 须知 are read aloud as they stand, in their order, until somebody stops it; where no voice speaks Chinese, the page says so. */
async function listen(page: Page, hand: Hand): Promise<void> {
  const heard = (): Promise<string[]> => page.evaluate('spoken')
  await hand.use(page.getByRole('button', { name: '朗读须知' }))
  expect(await heard(), 'each 须知 in Chinese').to.deep.equal((await page.locator('.notice').allInnerTexts()).map(text => `zh-CN 婷婷 ${text}`))
  await hand.use(page.getByRole('button', { name: '停止朗读' }))
  expect(await heard(), 'silence').to.deep.equal([])
  await page.getByRole('button', { name: '朗读须知' }).waitFor()
  await page.evaluate('loseChinese()')
  await page.getByText('这台设备没有中文语音，不能朗读').waitFor()
  await page.evaluate('findChinese()')
}

/** Stands for the voices of a telephone, which Chromium has none of here; `spoken` is what is being said or will be. */
const RECORDER = `
  globalThis.spoken = []
  const chinese = [{ lang: 'en-US', name: 'Samantha' }, { lang: 'zh-HK', name: '善怡' }, { lang: 'zh-CN', name: '婷婷' }]
  let voices = chinese
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  Object.defineProperty(globalThis, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak: one => { spoken.push(one.lang + ' ' + one.voice.name + ' ' + one.text); one.onstart() },
    cancel: () => { spoken = [] }
  }) })
  const change = next => { voices = next; speechSynthesis.dispatchEvent(new Event('voiceschanged')) }
  globalThis.loseChinese = () => change(chinese.slice(0, 1))
  globalThis.findChinese = () => change(chinese)
`

/** What a screen reader would miss: the three landmarks, one title, the window and the telephone as other ways on every page. */
async function unlikeATree(page: Page): Promise<string[]> {
  const tree = await page.locator('body').ariaSnapshot()
  const titles = tree.match(/heading .* \[level=1\]/g) ?? []
  return [
    ...['banner', 'main', 'contentinfo'].filter(landmark => !tree.includes(`- ${landmark}`)).map(landmark => `no ${landmark}`),
    ...titles.length === 1 ? [] : [`${titles.length} titles`],
    ...['政务服务窗口当面办理', '12345'].filter(way => !tree.includes(way)).map(way => `does not lead to ${way}`)
  ]
}

/** Runs in the page: text below 18 px or set too closely, and controls lower than the 60 px of the large version. */
const SMALL_ONES = `[
  ...[...document.querySelectorAll('main *')].filter(one => one.childElementCount === 0 && one.textContent.trim()).flatMap(one => {
    const { fontSize, lineHeight } = getComputedStyle(one)
    return [
      ...(parseFloat(fontSize) < 18 ? ['small text: ' + one.textContent] : []),
      ...(parseFloat(lineHeight) < 1.3 * parseFloat(fontSize) ? ['close lines: ' + one.textContent] : [])
    ]
  }),
  ...[...document.querySelectorAll('main button, main a.button, main select, main summary, main input:not([type=radio]):not([type=checkbox]):not([type=file]), main .option, .top a, .top select')]
    .filter(one => one.getBoundingClientRect().height < 60).map(one => 'low control: ' + one.outerHTML.slice(0, 120))
]`
