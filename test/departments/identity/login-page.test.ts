import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { PASSWORD } from '../support.ts'
import { startRelyingParty } from './relying-party.ts'
import type { RelyingParty } from './relying-party.ts'

const BROWSER = '/usr/bin/chromium'
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
/** A folder to look at the pages in; nothing is written when it is not given. */
const PICTURES = process.env.PICTURES

/** Runs in the page. */
const MEASURE = `({
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  fonts: [...document.querySelectorAll('main *')].map(one => Number.parseFloat(getComputedStyle(one).fontSize)),
  heights: [...document.querySelectorAll('main input, main button, main a, main summary')].map(one => one.getBoundingClientRect().height)
})`

const about = existsSync(BROWSER) ? describe : describe.skip

about('the login page in a browser', () => {
  let party: RelyingParty
  let browser: Browser
  const axe = readFile(AXE, 'utf8')

  before(async function () {
    this.timeout(60_000)
    party = await startRelyingParty()
    browser = await chromium.launch({
      executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    })
  })
  after(async () => {
    await browser.close()
    await party.stop()
  })

  /** The page as it is sent: with its policy, with scripts off, with scripts only where axe looks at it. */
  async function open(width: number, options: { scripts?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 844 }, locale: 'zh-CN', javaScriptEnabled: options.scripts ?? false, bypassCSP: options.scripts ?? false
    })
    const page = await context.newPage()
    await page.goto(`${party.publicUrl}/api/v1/auth/login`)
    return page
  }

  async function violations(page: Page): Promise<string[]> {
    await page.addScriptTag({ content: await axe })
    const { violations: found } = await page.evaluate('axe.run()') as { violations: { id: string; nodes: { html: string }[] }[] }
    return found.map(one => `${one.id}: ${one.nodes.map(({ html }) => html).join(' ')}`)
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (!PICTURES) return
    await mkdir(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
  }

  for (const width of [390, 1440]) {
    it(`has nothing that axe complains of at ${width} px, before and after a failure`, async () => {
      const page = await open(width, { scripts: true })
      await picture(page, `login-${width}`)
      expect(await violations(page)).to.deep.equal([])
      await page.getByLabel('账号').fill('citizen-gx-1')
      await page.getByRole('button', { name: '登录' }).click()
      await page.getByRole('alert').waitFor()
      await picture(page, `login-${width}-failed`)
      expect(await violations(page)).to.deep.equal([])
      expect(await page.title()).to.match(/^错误：登录/)
      await page.context().close()
    })

    it(`fits into ${width} px, large enough to read and to hit`, async () => {
      const page = await open(width, { scripts: true })
      const { overflow, fonts, heights } = await page.evaluate(MEASURE) as Record<'fonts' | 'heights', number[]> & { overflow: number }
      expect(overflow).to.equal(0)
      expect(Math.min(...fonts)).to.be.at.least(18)
      expect(Math.min(...heights)).to.be.at.least(44)
      await page.context().close()
    })
  }

  it('works without scripts, by keyboard alone, up to the page that one came for', async () => {
    const page = await open(390)
    await page.getByLabel('账号').focus()
    await page.keyboard.type('citizen-gx-1')
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '账号或密码不正确' }).waitFor()
    expect(await page.getByLabel('账号').inputValue()).to.equal('citizen-gx-1')
    expect(await page.getByLabel('密码').inputValue()).to.equal('')
    await page.getByLabel('密码').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '办事首页' }).waitFor()
    expect(new URL(page.url()).origin).to.equal(party.publicUrl)
    await page.context().close()
  })

  it('is logged out of on a page in Chinese, without scripts', async () => {
    const page = await open(390)
    await page.getByLabel('账号').fill('citizen-gx-1')
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '办事首页' }).waitFor()
    const back = encodeURIComponent(`${party.publicUrl}/`)
    await page.goto(`${party.identityUrl}/session/end?client_id=yijianshi-server&post_logout_redirect_uri=${back}`)
    await picture(page, 'logout-390')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '办事首页' }).waitFor()
    await page.goto(`${party.publicUrl}/api/v1/auth/login`)
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await page.context().close()
  })

  it('says in Chinese that it was left open too long', async () => {
    const page = await open(390)
    await page.goto(`${party.identityUrl}/interaction/no-such-login`)
    await page.getByRole('heading', { name: '登录没有完成' }).waitFor()
    await picture(page, 'expired-390')
    await page.context().close()
  })
})
