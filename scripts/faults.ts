import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXPERIMENTS } from '../test/faults/support/experiments.ts'

interface Line {
  readonly experiment: string
  readonly seed: number
  readonly cases?: number
  readonly recoveredMs?: number
  readonly oldestMs?: number | null
  readonly lost?: number
  readonly doubled?: number
  readonly amiss?: number
  readonly failed?: string
  readonly isReference?: boolean
}

/** One line for each run; the page is made from all of them. */
const RECORD = 'docs/faults.jsonl'

/**
 * `npm run faults -- --seeds 3`: each experiment with each seed; what came out is added to the record, and the page made anew.
 * `--only 7,11` runs these alone, and keeps what came out with `--keep`. `--from one.jsonl,two.jsonl` adds runs that were given
 * FAULT_REPORT; FAULT_FIRST_SEED goes on where one ended.
 */
function main(): void {
  const option = (name: string) => { const at = process.argv.indexOf(name); return at > 0 ? process.argv[at + 1] : undefined }
  const from = option('--from')
  if (from) return keep(from.split(',').map(one => readFileSync(one, 'utf8')).join(''))
  const only = option('--only')
  const file = join(mkdtempSync(join(tmpdir(), 'faults-')), 'report.jsonl')
  const run = spawnSync('node_modules/.bin/mocha', ['--config', 'test/faults/.mocharc.json'], {
    stdio: 'inherit',
    env: { ...process.env, FAULT_SEEDS: option('--seeds') ?? '1', FAULT_REPORT: file, ...(only ? { FAULT_ONLY: only } : {}) }
  })
  // A part of them is for looking, if nothing else is said. What failed is kept, too.
  if ((!only || process.argv.includes('--keep')) && existsSync(file)) keep(readFileSync(file, 'utf8'))
  process.exit(run.status ?? 1)
}

function keep(lines: string): void {
  appendFileSync(RECORD, lines)
  writeFileSync('docs/faults.md', page(readFileSync(RECORD, 'utf8')))
}

function page(text: string): string {
  const lines = text.trim().split('\n').map(line => JSON.parse(line) as Line)
  const run = EXPERIMENTS.filter(({ isReference, name }) => !isReference && lines.some(line => line.experiment === name))
  const kinds = new Set(run.map(({ id }) => id)).size
  const rows = EXPERIMENTS.filter(({ isReference }) => !isReference).map(({ id, name, nameZh }) =>
    row(id, name, nameZh, lines.filter(line => line.experiment === name)))
  return [
    '# Fault experiments', '',
    `Made by \`npm run faults\` on ${cpus().length} cores, server and engine on PostgreSQL, processes restarted by the supervisor alone.`,
    `Of 30 kinds of faults ${kinds} were run. “Lost” counts acknowledged submissions that did not end delivered, “doubled” effects that stand`,
    'more than once in a department’s own ledger, “amiss” whatever else the checker found: a case or process that did not end, several',
    'processes or messages for one case, an incident, a lock or job that is stuck, a broken audit chain. A run that failed otherwise is',
    'counted as failed. “All ended after” is the longest time from the end of the fault (the last kill, the healed line) to the end of all',
    'cases, looked at once a second; “oldest case” is the greatest age that a case had when it was closed, with the fault in it. Each seed draws the moments of the fault.',
    'Machines that do other work beside them make the seconds upper bounds. The runs are in [faults.jsonl](faults.jsonl); what they have found is in',
    '[faults-found.md](faults-found.md).', '',
    '| kind | fault | 故障 | seeds | cases | lost | doubled | amiss | failed | all ended after (s) | oldest case (s) | note |',
    '|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|',
    ...rows, '',
    ...references(lines)
  ].join('\n')
}

function row(id: number, name: string, nameZh: string, lines: readonly Line[]): string {
  const failed = lines.filter(line => line.failed && !isCounted(line, lines)).length
  const seeds = new Set(lines.map(({ seed }) => seed)).size
  const counts = (['cases', 'lost', 'doubled', 'amiss'] as const).map(key => seeds === 0 ? '–' : lines.reduce((total, line) => total + (line[key] ?? 0), 0))
  const longest = (key: 'recoveredMs' | 'oldestMs') => {
    const values = lines.flatMap(line => line[key] ?? [])
    return values.length > 0 ? (Math.max(...values) / 1000).toFixed(1) : '–'
  }
  return `| ${[id, name, nameZh, seeds, ...counts, failed, longest('recoveredMs'), longest('oldestMs'), seeds === 0 ? 'not run' : ''].join(' | ')} |`
}

/** A failure that has its figures already is in the columns before. */
const isCounted = (failure: Line, lines: readonly Line[]) => lines.some(line => line.seed === failure.seed && !line.failed)

function references(lines: readonly Line[]): string[] {
  const shown = EXPERIMENTS.filter(({ isReference, name }) => isReference && lines.some(line => line.experiment === name))
  if (shown.length === 0) return []
  return [
    '## What others do', '', 'Shown for comparison; no case of ours is in it.', '', '| kind | arm | what was expected | seeds that showed it |', '|--:|---|---|--:|',
    ...shown.map(({ id, name, hypothesis }) => {
      const of = lines.filter(line => line.experiment === name)
      return `| ${id} | ${name} | ${hypothesis} | ${of.filter(line => !line.failed).length} of ${of.length} |`
    }), ''
  ]
}

main()
