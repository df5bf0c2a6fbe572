import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Findings, Size, Table, Target } from './bench.ts'

export const FOLDER = 'docs/benchmarks'

/** What a report says of where it was made; neither a host nor a path. */
export interface Circumstances {
  readonly machine: { readonly cores: number; readonly processor: string; readonly memoryGiB: number }
  readonly node: string
  readonly commit: string
  readonly date: string
  readonly size: Size
  readonly seed: number
  readonly seconds: number
}

export interface Report extends Findings, Circumstances {
  readonly name: string
}

/** Where and when a run takes place. */
export function circumstances(size: Size, seed: number, seconds: number): Circumstances {
  const processors = cpus()
  return {
    machine: { cores: processors.length, processor: processors[0]?.model ?? '', memoryGiB: Math.round(totalmem() / 2 ** 30) },
    node: process.version, commit: commit(), date: new Date().toISOString().slice(0, 10), size, seed, seconds: Math.round(seconds)
  }
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'server', 'scripts', 'migrations') === '' ? '' : ' with changes'}`
  } catch {
    return 'unknown'
  }
}

/** Writes `<name>.json` and `<name>.md`. */
export function writeReport(report: Report, folder = FOLDER): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${report.name}.json`, `${JSON.stringify(report, null, 1)}\n`)
  writeFileSync(`${folder}/${report.name}.md`, reportPage(report))
}

/** A report as people read it. */
export function reportPage(report: Report): string {
  const { machine, rowCounts, notes = [] } = report
  return [
    `# ${report.title}`, '', ...report.intro, '',
    `\`npm run bench -- ${report.name}${report.size === 'quick' ? ' --quick' : ''} --seed ${report.seed}\` on ${report.date}, ${report.seconds} s, commit ${report.commit}; `
      + `${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, Node ${report.node}. Raw figures: [${report.name}.json](${report.name}.json).`, '',
    `Rows: ${Object.entries(rowCounts).map(([what, count]) => `${count.toLocaleString('en-GB')} ${what}`).join(', ')}.`, '',
    ...report.tables.flatMap(tableLines),
    ...(report.targets.length ? ['## Against the design', '', ...targetLines(report.targets), ''] : []),
    ...(notes.length ? ['## Notes', '', ...notes.map(note => `- ${note}`), ''] : [])
  ].join('\n')
}

function tableLines({ title, head, rows }: Table): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [`## ${title}`, '', line(head), line(head.map((_, index) => index === 0 ? '---' : '--:')), ...rows.map(line), '']
}

/** Rows of a table of targets; a miss is said in words, with its reason or that nobody has found it out. */
export function targetLines(targets: readonly Target[]): string[] {
  const verdict = ({ isMet, reason }: Target): string => {
    if (isMet === false) return `**missed**: ${reason ?? 'why was not found out'}`
    return `${isMet ? 'reached' : 'not told by this run'}${reason ? `: ${reason}` : ''}`
  }
  return [
    '| what | to reach | measured | |', '|---|---|---|---|',
    ...targets.map(target => `| ${target.what} | ${target.reach} | ${target.measured} | ${verdict(target)} |`)
  ]
}
