import type { Locator, Page } from 'playwright-core'

/** The picture of an element on the canvas. */
export const elementOf = (page: Page, id: string): Locator => page.locator(`.djs-element[data-element-id="${id}"] > .djs-visual`).first()

/** Chooses an element by mouse; nothing stands open over it when it is clicked. */
export async function selectElement(page: Page, id: string): Promise<void> {
  await page.keyboard.press('Escape')
  const { x, y, width } = (await page.locator('.drawing-canvas').boundingBox())!
  await page.mouse.click(x + width / 2, y + 24)
  await page.locator('.djs-context-pad.open').waitFor({ state: 'hidden' })
  const box = (await elementOf(page, id).boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await page.locator(`.djs-element.selected[data-element-id="${id}"]`).waitFor({ state: 'attached' })
}
