import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

/** A folder to look at the pages in; nothing is written when it is not given. `npm run screenshots` gives one. */
const PICTURES = process.env.PICTURES
const WIDTHS = [390, 1440]
/** Of the faces for staff, which nobody uses on a telephone. */
export const DESK_WIDTHS = [1024, 1440]
const HEIGHT = 844

/** Takes the page as it stands, by default at the widths of a telephone and of a desk, as `<name>-<width>.png`. */
export async function picture(page: Page, name: string, widths: readonly number[] = WIDTHS, part: Page | Locator = page): Promise<void> {
  if (!PICTURES) return
  await mkdir(PICTURES, { recursive: true })
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHT })
    await page.evaluate('scrollTo(0, 0)')
    await part.screenshot({ path: join(PICTURES, `${name}-${width}.png`) })
  }
  if (before) await page.setViewportSize(before)
}
