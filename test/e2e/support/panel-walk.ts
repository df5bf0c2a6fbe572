import type { Page } from 'playwright-core'
import { selectElement } from './canvas.ts'

/** Names that stay as they are in a Chinese sentence: standards, file formats, languages and the words of the engine's interface. */
const NAMES = new RegExp([
  'BPMN', 'DMN', 'FEEL', 'JSON', 'XML', 'ISO 8601', 'cron', 'Camunda', 'JUEL', 'URL', 'ID', 'Element_\\d+', 'Powered by bpmn\\.io',
  '[RP]\\d*/PT?\\w+', 'PT\\w+', '\\$\\{\\w+\\}', 'approve', 'reject', '\\w+@\\w+'
].join('|'), 'g')

/**
 * Everything that a modeller shows of one element in English: its panel with all groups open, its context pad, and the menu by which its
 * kind is changed. What stands in a field is the designer's own and not read.
 */
export async function englishOf(page: Page, element: string): Promise<string[]> {
  await selectElement(page, element)
  await openAll(page)
  const found = await wordsIn(page, '.drawing-panel')
  found.push(...await wordsIn(page, '.djs-context-pad'))
  const change = page.locator('.djs-context-pad.open [data-action=replace]')
  if (await change.count() > 0) {
    await change.click()
    await page.locator('.djs-popup').waitFor()
    found.push(...await wordsIn(page, '.djs-popup'))
    await page.keyboard.press('Escape')
  }
  return [...new Set(found)].map(words => `${element}: ${words}`)
}

/** The words of Latin letters that a person sees or hears inside of `place`: texts, titles, labels, placeholders, options. */
export async function wordsIn(page: Page, place: string): Promise<string[]> {
  const texts = await page.locator(place).evaluateAll(roots => roots.flatMap(root => {
    const said: string[] = []
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node: Node | null = root; node; node = walker.nextNode()) {
      if (node instanceof Text) {
        const holder = node.parentElement!
        if (!holder.closest('style, script, [contenteditable=true], .cm-editor, textarea, .djs-label, svg, .bio-properties-panel-header-label, .bio-properties-panel-collapsible-entry-header-title') && holder.checkVisibility()) said.push(node.data)
      } else if (node instanceof HTMLElement && node.checkVisibility()) {
        for (const name of ['title', 'aria-label', 'placeholder']) said.push(node.getAttribute(name) ?? '')
      }
    }
    return said
  }))
  return texts.map(text => text.trim()).filter(text => /[A-Za-z]{2,}/.test(text.replace(NAMES, '')))
}

/** Opens every group and every entry of a list in the panel, also those inside of others. */
async function openAll(page: Page): Promise<void> {
  await page.locator('.drawing-panel').evaluate(async panel => {
    const closed = '.bio-properties-panel-group-header:not(.open) .bio-properties-panel-arrow, .bio-properties-panel-collapsible-entry:not(.open) > .bio-properties-panel-collapsible-entry-header'
    for (let round = 0; round < 5; round++) {
      const all = Array.from(panel.querySelectorAll<HTMLElement>(closed))
      if (all.length === 0) return
      for (const one of all) one.click()
      await new Promise(resolve => setTimeout(resolve, 30))
    }
  })
}
