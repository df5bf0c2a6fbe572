import { readFileSync } from 'node:fs'

/** An item of OWASP ASVS 5.0 in our words, with the tests that prove it: `<file> › <title>`. */
export interface ProvenItem {
  readonly id: string
  readonly title: string
  readonly tests: readonly string[]
}

interface OpenItem {
  readonly id: string
  readonly title: string
  readonly why: string
}

/** The items of `docs/asvs.json`: proven by tests, or left open with the reason. */
export function readAsvs(): { readonly items: readonly ProvenItem[]; readonly open: readonly OpenItem[] } {
  return JSON.parse(readFileSync('docs/asvs.json', 'utf8')) as ReturnType<typeof readAsvs>
}

/** Tests that an item names and that are not there, as `<item>: <file> › <title>`. */
export function lostProofs(items: readonly ProvenItem[]): string[] {
  return items.flatMap(({ id, tests }) => tests.filter(test => !isThere(test)).map(test => `${id}: ${test}`))
}

/** docs/asvs.md: each item with its proofs, and what is left to a site or not done. */
export function asvsPage(): string {
  const { items, open } = readAsvs()
  return ['# OWASP ASVS 5.0, level 2', '',
    'Made from `docs/asvs.json` by `npm run generate`. The numbers are those of ASVS 5.0, the words ours. A test fails when a proof is gone.', '',
    '| item | what holds | proven by |', '|---|---|---|',
    ...items.map(({ id, title, tests }) => `| ${id} | ${title} | ${tests.map(linked).join('<br>')} |`), '',
    '## Open', '', '| item | what is asked for | why it is open |', '|---|---|---|',
    ...open.map(({ id, title, why }) => `| ${id} | ${title} | ${why} |`), ''].join('\n')
}

function linked(test: string): string {
  const [file, title] = partsOf(test)
  return `[${title}](../${file})`
}

function isThere(test: string): boolean {
  const [file, title] = partsOf(test)
  try {
    return readFileSync(file, 'utf8').replaceAll('\\\'', '\'').includes(title)
  } catch {
    return false
  }
}

const partsOf = (test: string): readonly [file: string, title: string] => test.split(' › ') as [string, string]
