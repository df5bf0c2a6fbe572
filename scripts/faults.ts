import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

interface Line {
  readonly experiment: string
  readonly seed: number
  readonly cases: number
  readonly recoveredMs: number
  readonly lost: number
  readonly doubled: number
}

/**
 * `npm run faults -- --seeds 3`: every experiment with every seed, and the table of `docs/faults.md` from what came out.
 * `--from report.jsonl` makes the page from a run of `npm test` that was given FAULT_REPORT.
 */
function main(): void {
  const option = (name: string) => { const at = process.argv.indexOf(name); return at > 0 ? process.argv[at + 1] : undefined }
  const from = option('--from')
  if (from) return writeFileSync('docs/faults.md', page(readFileSync(from, 'utf8')))
  const seeds = option('--seeds') ?? '1'
  const report = join(mkdtempSync(join(tmpdir(), 'faults-')), 'report.jsonl')
  const run = spawnSync('node_modules/.bin/mocha', ['--config', 'test/faults/.mocharc.json'], {
    stdio: 'inherit', env: { ...process.env, FAULT_SEEDS: seeds, FAULT_REPORT: report }
  })
  if (run.status === 0 && existsSync(report)) writeFileSync('docs/faults.md', page(readFileSync(report, 'utf8')))
  process.exit(run.status ?? 1)
}

function page(text: string): string {
  const lines = text.trim().split('\n').map(line => JSON.parse(line) as Line)
  const names = [...new Set(lines.map(line => line.experiment))]
  const rows = names.map(name => {
    const of = lines.filter(line => line.experiment === name)
    const slowest = Math.max(...of.map(line => line.recoveredMs))
    return `| ${name} | ${of.length} | ${sum(of, 'cases')} | ${sum(of, 'lost')} | ${sum(of, 'doubled')} | ${(slowest / 1000).toFixed(1)} |`
  })
  return [
    '# Fault experiments', '',
    `Made by \`npm run faults\` on ${cpus().length} cores, server and engine on PostgreSQL, workers restarted by the supervisor alone. “Lost” counts acknowledged`,
    'submissions that did not end delivered, “doubled” effects that stand more than once in a department’s own ledger.',
    'The last column is the longest time from the end of the fault (the last kill, the healed line) to the end of all cases.', '',
    '| fault | runs | cases | lost | doubled | all ended after (s) |', '|---|--:|--:|--:|--:|--:|', ...rows, ''
  ].join('\n')
}

const sum = (lines: readonly Line[], key: 'cases' | 'lost' | 'doubled') => lines.reduce((total, line) => total + line[key], 0)

main()
