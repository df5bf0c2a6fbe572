import type { Locator, Page } from 'playwright-core'

/** How somebody works a page. */
export interface Hand {
  /** Follows a link, presses a button. */
  use(target: Locator): Promise<void>
  tick(target: Locator): Promise<void>
  /** Replaces what stands in a field. */
  write(target: Locator, text: string): Promise<void>
}

export const finger: Hand = { use: target => target.click(), tick: target => target.check(), write: (target, text) => target.fill(text) }

/** Nothing but Tab, Enter, Space and what is typed. */
export function keyboardOf(page: Page): Hand {
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor({ state: 'attached' })
    for (let presses = 0; presses < 200; presses++) {
      if (await target.evaluate(element => element === (element as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the Tab key never reaches ${String(target)}`)
  }
  return {
    async use(target) { await reach(target); await page.keyboard.press('Enter') },
    async tick(target) { await reach(target); await page.keyboard.press('Space') },
    async write(target, text) {
      await reach(target)
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText(text)
    }
  }
}

/** The draft or case whose page is open. */
export const idOf = (page: Page): string => /(?:drafts|cases)\/([0-9a-f-]{36})/.exec(page.url())![1]!

export const titleOf = (page: Page): Locator => page.getByRole('heading', { level: 1 })

/** From the first page to a draft of these matters. `atPage` is called on each page. */
export async function chooseMatters(page: Page, hand: Hand, region: string, matters: readonly string[], atPage: (name: string) => Promise<void>) {
  await page.goto('/apply')
  await page.getByRole('link', { name: region }).waitFor()
  await atPage('regions')
  await hand.use(page.getByRole('link', { name: region }))
  await page.getByRole('heading', { name: '可以办的事项' }).waitFor()
  await atPage('guide')
  await hand.use(page.getByRole('link', { name: '立即办理' }).first())
  for (const matter of matters) await hand.tick(page.getByRole('checkbox', { name: matter }))
  await page.getByText('要准备的材料').waitFor()
  await atPage('choose')
  await hand.use(page.getByRole('button', { name: '开始填写' }))
  await page.getByRole('heading', { name: '申请人信息' }).waitFor()
}

/** Through person, matters, materials and review, as prefilled, to the declaration. */
export async function fillIn(page: Page, hand: Hand, atPage: (name: string) => Promise<void>): Promise<void> {
  const next = page.getByRole('button', { name: '保存，下一步' })
  for (let step = 1; ; step++) {
    await page.getByText(`第 ${step} 步，共`).waitFor()
    if (await titleOf(page).textContent() === '申请材料') break
    const notices = page.getByRole('checkbox', { name: '我已阅读并知晓以上须知' })
    await atPage(`section-${step}`)
    if (await notices.count() > 0) await hand.tick(notices)
    await hand.use(next)
  }
  await page.getByText('正在读取').waitFor({ state: 'detached' })
  await atPage('materials')
  await hand.use(page.getByRole('button', { name: '下一步，核对' }))
  await page.getByRole('heading', { name: '请核对' }).waitFor()
  await atPage('review')
  await hand.use(page.getByRole('button', { name: '内容无误，下一步' }))
  await page.getByRole('heading', { name: '承诺并提交' }).waitFor()
}

/** Draws a line into the field for the signature. */
export async function sign(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: '签名框' })
  await pad.scrollIntoViewIfNeeded()
  const { x, y } = (await pad.boundingBox())!
  await page.mouse.move(x + 30, y + 30)
  await page.mouse.down()
  await page.mouse.move(x + 150, y + 90, { steps: 5 })
  await page.mouse.up()
}

/** The number on the receipt. */
export async function receiptNumber(page: Page): Promise<string> {
  await page.getByRole('heading', { name: '已提交，请记下编号' }).waitFor()
  return (await page.locator('.number').textContent())!
}
