import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { circumstances, writeReport } from '../../../scripts/bench/report.ts'
import type { Report } from '../../../scripts/bench/report.ts'
import { readReports, summaryPage, writeSummary } from '../../../scripts/bench/summary.ts'

describe('the reports of the bench', () => {
  const report: Report = {
    name: 'sla', ...circumstances('quick', 7, 12), title: 'The board', intro: ['How it is measured.'], rowCounts: { items: 1200 }, raw: { samples: [1, 2] },
    tables: [{ title: 'Milliseconds', head: ['what', 'p95'], rows: [['summary', '12']] }],
    targets: [
      { what: 'summary', reach: '≤ 200 ms', measured: '812 ms', isMet: false, reason: 'every open item is read' },
      { what: 'freshness', reach: '≤ 2 s', measured: '0.1 s', isMet: true },
      { what: 'a ratio', reach: '≥ 2x', measured: '1.4x', isMet: false },
      { what: 'a million', reach: '≤ 1', measured: '0.5', isMet: null }
    ]
  }

  it('say what was missed and why, on their own page and in the summary, and name neither host nor path', () => {
    const folder = mkdtempSync(join(tmpdir(), 'reports-'))
    writeReport(report, folder)
    writeSummary(folder)
    const [page, summary, json] = ['sla.md', 'README.md', 'sla.json'].map(file => readFileSync(join(folder, file), 'utf8')) as [string, string, string]
    rmSync(folder, { recursive: true })
    for (const text of [page, summary]) {
      expect(text).to.contain('| summary | ≤ 200 ms | 812 ms | **missed**: every open item is read |')
      expect(text).to.contain('| a ratio | ≥ 2x | 1.4x | **missed**: why was not found out |')
      expect(text).to.contain('| freshness | ≤ 2 s | 0.1 s | reached |')
      expect(text).to.contain('| a million | ≤ 1 | 0.5 | not told by this run |')
    }
    expect(JSON.parse(json)).to.deep.include({ raw: { samples: [1, 2] }, seed: 7, size: 'quick' })
    for (const text of [page, summary, json]) {
      expect(text).not.to.contain(hostname())
      expect(text).not.to.contain(process.cwd())
    }
  })

  it('in the repository are what the summary says', () => {
    expect(readFileSync('docs/benchmarks/README.md', 'utf8'), 'run npm run bench').to.equal(summaryPage(readReports('docs/benchmarks')))
  })
})
