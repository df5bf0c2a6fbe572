import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { faultsOf } from './browser.ts'

/** Words that are no English: the label of the numbers, and what applicants wrote. */
const NO_ENGLISH = /YJS|[\w.*]+@[\w.]+/g

/** Words in Latin letters that somebody could read on a page, or hear from a screen reader; `known` are no words. */
export async function englishOn(page: Page, known = NO_ENGLISH): Promise<string[]> {
  const text = await page.evaluate('document.body.innerText + [...document.querySelectorAll("[aria-label],[title],[placeholder],[alt]")]'
    + '.map(e => ["aria-label","title","placeholder","alt"].map(name => e.getAttribute(name) ?? "").join(" ")).join(" ")') as string
  return [...new Set(text.replace(known, '').match(/[A-Za-z]{2,}/g) ?? [])]
}

/** Neither a violation that axe knows nor an English word, in the text or in what only a screen reader says. */
export async function faultless(page: Page, what: string, known = NO_ENGLISH): Promise<void> {
  expect(await faultsOf(page), what).to.deep.equal([])
  expect(await englishOn(page, known), what).to.deep.equal([])
}
