import { parseArgs } from 'node:util'
import type { Bench, Size } from './bench/bench.ts'
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

/** In the order of the design. */
const BENCHES: readonly Bench[] = [enrolment, tasklist, sla, precheck, timers, growth, backlog, scale]
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
  for (const bench of wanted) {
    const begun = Date.now()
    const findings = await bench.run({ size, seed: Number(values.seed), say: text => console.log(text) })
    const report = { name: bench.name, ...circumstances(size, Number(values.seed), (Date.now() - begun) / 1000), ...findings }
    console.log(`\n${reportPage(report)}`)
    // A smoke shows that it works; its figures say nothing.
    if (!values['no-report'] && size !== 'smoke') writeReport(report)
  }
  if (!values['no-report'] && size !== 'smoke') writeSummary()
}

main().then(() => process.exit(0), (error: unknown) => {
  console.error(error)
  process.exit(1)
})
