import type { Page } from 'playwright-core'
import { until } from '../../support/until.ts'

/** What a designer does on the canvas of 居民养老 to let the village verify after the review, with mouse and keyboard. */
export async function drawVillageStep(page: Page): Promise<void> {
  await makeRoom(page)
  await page.locator('[data-action="create.task"]').click()
  const { x, y } = await middleOf(page, 'SequenceFlow_ReviewedToDecision')
  // The second move is what tells the modeller that it is the flow on which the task would be dropped.
  await page.mouse.move(x - 30, y)
  await page.mouse.move(x, y, { steps: 3 })
  await page.mouse.click(x, y)
  await asReview(page)
  await open(page, '基本', '说明', '模板的内容')
  await enter(page, '名称', '村级核验')
  await enter(page, '标识', 'Task_VillageReview')
  await enter(page, '元素的说明', '由村（社区）核对居住情况：办事指南七（二）。')
  await enter(page, '可作出的意见', 'approve=属实,reject=不属实,correct=补正')
}

/** Chooses the group and the time limit in the panel, by keyboard. */
export async function giveGroup(page: Page, group: string): Promise<void> {
  await pick(page, '办理的部门组', group)
  await pick(page, '办理时限', '承诺时限')
}

/** Pushes everything behind the review aside, the frame of the subprocess too. */
async function makeRoom(page: Page): Promise<void> {
  const { x } = await middleOf(page, 'SequenceFlow_ReviewedToDecision')
  const above = (await boxOf(page, 'SubProcess_Handle')).y - 20
  await page.locator('[data-action="space-tool"]').click()
  await page.mouse.move(x - 2, above)
  await page.mouse.move(x, above)
  await page.mouse.down()
  await page.mouse.move(x + 120, above, { steps: 10 })
  await page.mouse.up()
}

async function asReview(page: Page): Promise<void> {
  // The panel is drawn anew after the drop and after the choice; whoever was in it stays in it.
  await page.getByRole('button', { name: '选择模板' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: '审核任务' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await until('the keyboard in the panel', () => page.evaluate('document.activeElement.closest(".drawing-panel") !== null') as Promise<boolean>)
}

async function open(page: Page, ...groups: readonly string[]): Promise<void> {
  for (const name of groups) {
    await page.locator('.bio-properties-panel-group-header').filter({ has: page.getByText(name, { exact: true }) }).getByRole('button', { name: '展开或收起' }).focus()
    await page.keyboard.press('Enter')
  }
}

async function enter(page: Page, label: string, text: string): Promise<void> {
  await page.locator('.drawing-panel').getByLabel(label).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
  await page.keyboard.press('Tab')
}

async function pick(page: Page, label: string, option: string): Promise<void> {
  const list = page.locator('.drawing-panel').getByLabel(label)
  const names = await list.getByRole('option').allTextContents()
  await list.focus()
  await page.keyboard.press('Home')
  for (let step = 0; step < names.indexOf(option); step++) await page.keyboard.press('ArrowDown')
}

const boxOf = async (page: Page, element: string) =>
  (await page.locator(`.djs-element[data-element-id=${element}] > .djs-visual`).first().boundingBox())!

async function middleOf(page: Page, element: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await boxOf(page, element)
  return { x: x + width / 2, y: y + height / 2 }
}
