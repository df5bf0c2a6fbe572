import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { login } from '../../../scripts/login.ts'
import { stack } from './root-stack.ts'

const EXECUTABLE = '/usr/bin/chromium'
const AXE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** For suites that need the browser: left out where the machine has none, as `scripts/bootstrap.mjs` says at the start. */
export const describeInBrowser = existsSync(EXECUTABLE) ? describe : describe.skip

let running: Promise<Browser> | undefined

after(async () => {
  await (await running)?.close()
})

/** The one browser of a run, also for tabs that are opened at the same moment. */
async function browser(): Promise<Browser> {
  // The machine may have ended a browser that nobody used for minutes.
  if (running && !(await running).isConnected()) running = undefined
  running ??= chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
  return running
}

export interface Tab {
  readonly page: Page
  /** What the browser complained about: errors of the console, refusals of the content security policy, uncaught exceptions. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** A tab of Debian's Chromium of this width, in which `account` is logged in. */
export async function openTab(width: number, account?: string): Promise<Tab> {
  const { baseUrl, secrets } = stack().system
  const context = await (await browser()).newContext({
    viewport: { width, height: 844 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: baseUrl,
    // Between the press and the release of a button a dialogue that still grows moves away under it, on a slow machine.
    reducedMotion: 'reduce'
  })
  if (account) {
    const [name, value] = (await login(account, { baseUrl, password: secrets.DEMO_PASSWORD! })).split(/=(.*)/s) as [string, string]
    await context.addCookies([{ name, value, url: baseUrl }])
  }
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    // A browser counts every refusal of the server as an error of the page; that nobody is logged in is none.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  return { page, complaints, close: () => context.close() }
}

/** Some frames after one another in which nothing moves but what never ends, like a spinning wheel. */
const STILL = `new Promise(resolve => {
  let still = 0
  const look = () => {
    const moves = document.getAnimations().some(one => one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity)
    still = moves ? 0 : still + 1
    if (still > 8) resolve(true)
    else requestAnimationFrame(look)
  }
  look()
})`

/** What axe finds wrong with the page as it stands, and whether it can be moved sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Axe measures what is half transparent as it is: dialogues have to stand still.
  await page.evaluate(STILL)
  if (!await page.evaluate('"axe" in globalThis')) await page.evaluate(await AXE)
  const { violations } = await page.evaluate('axe.run()') as { violations: { id: string; nodes: { html: string }[] }[] }
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth') as number
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ...(overflow > 0 ? [`wider than the window by ${overflow} px`] : [])
  ]
}
