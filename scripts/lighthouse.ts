import { writeFileSync } from 'node:fs'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import type { ApiClient } from './client.ts'
import { startStack } from '../test/support/stack.ts'

const CHROMIUM = '/usr/bin/chromium'
const RUNS = 5
/** A trace without its beginning is the browser's fault, and is taken again. */
const TRIES = 3
const LEAST = { performance: 95, accessibility: 100 } as const
const CATEGORIES = ['performance', 'accessibility'] as const
const MATTERS = ['flexible-pension', 'flexible-medical', 'contribution']
/** What a person waits for, in ms but for the shift. */
const MEASURES = [
  'first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'
] as const

type Measured = (typeof CATEGORIES)[number] | (typeof MEASURES)[number]
type Scores = Readonly<Record<Measured, number>>

/**
 * `npm run lighthouse`: the guide, one page of the form and the page of a case, on the whole system, as a telephone on a slow
 * network sees them; the median of five runs each. Ends with 1 when one of them is below what is asked.
 */
async function main(): Promise<void> {
  const stack = await startStack({ engine: 'operaton', database: 'embedded' })
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] })
  try {
    const applicant = await stack.newcomer()
    const rows: [name: string, scores: Scores][] = []
    for (const [name, path] of await pagesOf(applicant)) {
      const runs: Scores[] = []
      for (let run = 0; run < RUNS; run++) runs.push(await measure(`${stack.system.baseUrl}${path}`, chrome.port, applicant.cookie))
      rows.push([name, medianOf(runs)])
      console.log(name, JSON.stringify(runs.map(({ performance }) => performance)), JSON.stringify(rows.at(-1)![1]))
    }
    const text = report(rows)
    console.log(`\n${text}`)
    if (!process.argv.includes('--no-report')) writeFileSync('docs/lighthouse.md', text)
    if (rows.some(([, scores]) => CATEGORIES.some(category => scores[category] < LEAST[category]))) process.exitCode = 1
  } finally {
    chrome.kill()
    await stack.stop()
  }
}

/** A draft as it is prefilled, and a case that has been accepted. */
async function pagesOf(applicant: ApiClient): Promise<[name: string, path: string][]> {
  const draft = await applicant.draft('guangxi', MATTERS)
  const { id } = await applicant.apply('guangxi', MATTERS)
  return [['办事指南', '/apply/regions/guangxi'], ['填表', `/apply/drafts/${draft}/person`], ['办理进度', `/apply/cases/${id}`]]
}

async function measure(url: string, port: number, cookie: string, tries = TRIES): Promise<Scores> {
  const result = await lighthouse(url, {
    port, onlyCategories: [...CATEGORIES], formFactor: 'mobile', extraHeaders: { Cookie: cookie }, logLevel: 'error'
  })
  const { categories, audits, runtimeError } = result!.lhr
  if (runtimeError && tries > 1) return measure(url, port, cookie, tries - 1)
  if (runtimeError) throw new Error(`${url}: ${runtimeError.message}`)
  const missed = categories.accessibility!.auditRefs.filter(({ id }) => audits[id]!.score === 0)
  for (const { id } of missed) console.log(`${url}: ${id}: ${audits[id]!.title}`)
  return Object.fromEntries([
    ...CATEGORIES.map(category => [category, Math.round((categories[category]!.score ?? 0) * 100)]),
    ...MEASURES.map(id => [id, audits[id]!.numericValue ?? 0])
  ]) as Scores
}

/** The run in the middle by its performance. */
function medianOf(runs: readonly Scores[]): Scores {
  const accessibility = Math.min(...runs.map(run => run.accessibility))
  return { ...[...runs].sort((one, other) => one.performance - other.performance)[Math.floor(runs.length / 2)]!, accessibility }
}

function report(rows: readonly (readonly [string, Scores])[]): string {
  const seconds = (ms: number): string => (ms / 1000).toFixed(1)
  return [
    '# The applicants\' pages on a telephone', '',
    `Made by \`npm run lighthouse\`: Lighthouse 12.8.2, mobile, its slow network and processor, the median of ${RUNS} runs by performance, the lowest`,
    `accessibility of all. To reach: performance ≥ ${LEAST.performance}, accessibility ${LEAST.accessibility}.`, '',
    '| page | performance | accessibility | first paint (s) | largest paint (s) | blocked (ms) | shift |', '|---|--:|--:|--:|--:|--:|--:|',
    ...rows.map(([name, scores]) => `| ${name} | ${scores.performance} | ${scores.accessibility} | ${seconds(scores['first-contentful-paint'])}`
      + ` | ${seconds(scores['largest-contentful-paint'])} | ${scores['total-blocking-time'].toFixed(0)} | ${scores['cumulative-layout-shift'].toFixed(3)} |`), ''
  ].join('\n')
}

main().then(() => process.exit(), (error: unknown) => {
  console.error(error)
  process.exit(1)
})
