import { parseArgs } from 'node:util'
import type { Bench, BenchOptions, Size } from './bench/bench.ts'
import { enrolment } from './bench/enrolment-arm.ts'
import { growth } from './bench/growth.ts'
import { FOLDER, circumstances, reportPage, writeReport } from './bench/report.ts'
import { readReports, writeSummary } from './bench/summary.ts'
import { backlog } from './bench/backlog.ts'
import { precheck } from './bench/precheck.ts'
import { scale } from './bench/scale-arm.ts'
import { sla } from './bench/sla.ts'
import { tasklist } from './bench/tasklist.ts'
import { timers } from './bench/timers.ts'
import { startWorld } from './bench/world.ts'

/** Quick runs of one group share a PostgreSQL and an engine, as none sees the rows of the others. */
const GROUPS: readonly (readonly Bench[])[] = [[enrolment], [tasklist], [sla, precheck, backlog], [timers], [growth], [scale]]
const BENCHES = GROUPS.flat()
const USAGE = `usage: npm run bench -- ${['pages', 'all', ...BENCHES.map(({ name }) => name)].join('|')} [--quick|--smoke] [--seed N] [--no-report]`

/**
 * `npm run bench -- <name>`: measures, and renews its report and the summary in docs/benchmarks; `pages` writes all pages anew
 * from the figures that are kept.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false }, smoke: { type: 'boolean', default: false },
      seed: { type: 'string', default: '20260323' }, 'no-report': { type: 'boolean', default: false }
    }
  })
  if (positionals.includes('pages')) {
    for (const report of readReports(FOLDER)) writeReport(report)
    return writeSummary()
  }
  const wanted = BENCHES.filter(({ name }) => positionals.includes(name) || positionals.includes('all'))
  if (wanted.length === 0) throw new Error(USAGE)
  const size: Size = values.smoke ? 'smoke' : values.quick ? 'quick' : 'full'
  const options = { size, seed: Number(values.seed), say: (text: string) => console.log(text) }
  // A smoke shows that it works; its figures say nothing.
  const isKept = !values['no-report'] && size !== 'smoke'
  for (const group of GROUPS.map(benches => benches.filter(bench => wanted.includes(bench)))) {
    const world = size === 'quick' && group.length > 1 ? await startWorld() : undefined
    try {
      for (const bench of group) await measure(bench, { ...options, ...(world && { world }) }, isKept)
    } finally {
      await world?.stop()
    }
  }
  if (isKept) writeSummary()
}

async function measure(bench: Bench, options: BenchOptions, isKept: boolean): Promise<void> {
  const begun = Date.now()
  const findings = await bench.run(options)
  const report = { name: bench.name, ...circumstances(options.size, options.seed, (Date.now() - begun) / 1000), ...findings }
  console.log(`\n${reportPage(report)}`)
  if (isKept) writeReport(report)
}

main().then(() => process.exit(0), (error: unknown) => {
  console.error(error)
  process.exit(1)
})
