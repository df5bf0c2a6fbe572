import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { FOLDER, targetLines } from './report.ts'
import type { Report } from './report.ts'

/** Benches in the order of the design, with what each measures. */
const CONTENTS: Readonly<Record<string, string>> = {
  enrolment: 'whole cases against the bare engine',
  tasklist: 'six queries of a desk against the engine',
  sla: 'the supervisors\' board',
  precheck: 'the rules before submission',
  timers: 'a storm of due timers',
  growth: 'what a live case costs on a full house',
  backlog: 'fetching work from a long queue',
  scale: 'several nodes against one of each'
}

/** Writes the page on which each number of the design stands beside what was measured, from the reports that are there. */
export function writeSummary(folder = FOLDER): void {
  writeFileSync(`${folder}/README.md`, summaryPage(readReports(folder)))
}

/** The reports of a folder, in the order of the design. */
export function readReports(folder: string): Report[] {
  const names = readdirSync(folder).filter(file => file.endsWith('.json')).map(file => file.replace(/\.json$/, ''))
  return Object.keys(CONTENTS).filter(name => names.includes(name)).map(name => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as Report)
}

export function summaryPage(reports: readonly Report[]): string {
  const missing = Object.keys(CONTENTS).filter(name => !reports.some(report => report.name === name))
  return [
    '# Benchmarks', '',
    'Made by `npm run bench -- <name> [--quick] [--seed N]`, or `all`. Absolute figures belong to the machine; ratios of arms that ran in one run are the claim.', '',
    ...reports.flatMap(report => [
      `## [${report.name}](${report.name}.md): ${CONTENTS[report.name]}`, '',
      `${report.size === 'full' ? 'Full run' : 'Quick run'} of ${report.date}, commit ${report.commit}, ${report.machine.cores} cores, ${report.machine.memoryGiB} GiB.`, '',
      ...targetLines(report.targets), ''
    ]),
    '## Measured elsewhere', '',
    '| what | to reach | where |', '|---|---|---|',
    '| applicant page on a phone | ≤ 250 KB; performance ≥ 95, accessibility 100 | [lighthouse](../lighthouse.md) |',
    '| fault experiments | lost = 0, duplicated = 0 | [faults](../faults.md) |', '',
    ...(missing.length ? [`Not measured yet: ${missing.join(', ')}.`, ''] : [])
  ].join('\n')
}

