import type { Locator, Page } from 'playwright-core'
import { keyboardOf } from './applicant.ts'
import { faultless as expectFaultless } from './faultless.ts'
import { picture } from './picture.ts'

/** Words that are no English: the label of the numbers, receipts, and what applicants wrote. */
const NO_ENGLISH = /YJS|[A-Z]{2,}-?\d+(?:CN)?|[\w.]+@[\w.]+/g

/** Without a fault of axe, without a word of English; and a picture of it, where pictures are wanted. */
export async function faultless(page: Page, what: string): Promise<void> {
  await expectFaultless(page, what, NO_ENGLISH)
  await picture(page, what)
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${what}-whole.png`, fullPage: true })
}

/** Keystroke-level model (Card, Moran, Newell): seconds for a key of an average typist, a decision, and a new page to be taken in. */
const KEY = 0.28
const DECISION = 1.35
const PAGE = 2
/** Keys for one Chinese character by its sound, chosen from the list. */
const KEYS_PER_CHARACTER = 3

/** A clerk who touches nothing but the keyboard, and whose keys, decisions and page switches are counted. */
export class CountingClerk {
  keys = 0
  decisions = 0
  pages = 0
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    page.on('framenavigated', () => { this.pages++ })
    const press = page.keyboard.press.bind(page.keyboard)
    page.keyboard.press = async (...given) => {
      this.keys++
      await press(...given)
    }
  }

  /** Presses one key on purpose. */
  async press(key: string): Promise<void> {
    this.decisions++
    await this.page.keyboard.press(key)
  }

  async use(target: Locator): Promise<void> {
    this.decisions++
    await keyboardOf(this.page).use(target)
  }

  async tick(target: Locator): Promise<void> {
    this.decisions++
    await keyboardOf(this.page).tick(target)
  }

  /** Chooses among radio buttons: the Tab key reaches one of a group, the arrows the others. */
  async choose(group: Locator, name: string): Promise<void> {
    this.decisions++
    const target = group.getByRole('radio', { name })
    const checked = group.locator('input[type=radio]:checked')
    await keyboardOf(this.page).tick(await checked.count() > 0 ? checked : group.getByRole('radio').first())
    for (let presses = 0; !await target.isChecked(); presses++) {
      if (presses > 20) throw new Error(`the arrows never reach ${name}`)
      await this.page.keyboard.press('ArrowDown')
    }
  }

  /** Types into the field with the focus; what is typed in Chinese takes as many keys as its sound. */
  async type(text: string): Promise<void> {
    this.countAsTyped(text)
    await this.page.keyboard.insertText(text)
  }

  /** The card reader types its line and its Enter: the clerk lays a card on it. */
  async layCard(reading: string): Promise<void> {
    this.decisions++
    await this.page.keyboard.insertText(reading)
    this.keys--
    await this.page.keyboard.press('Enter')
  }

  /** Counts a value that only development fills in as if it had been typed here, with the Tab to reach its field. */
  countAsTyped(text: string): void {
    this.decisions++
    this.keys += 1 + [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? KEYS_PER_CHARACTER : 1), 0)
  }

  /** Seconds by the model. */
  get seconds(): number {
    return this.keys * KEY + this.decisions * DECISION + this.pages * PAGE
  }

  report(what: string): string {
    return `${what}: ${this.keys} keys, ${this.decisions} decisions, ${this.pages} pages, ${(this.seconds / 60).toFixed(1)} min by the keystroke-level model`
  }
}
