import { mkdirSync, writeFileSync } from 'node:fs'
import { benchEnrolment } from './bench/enrolment.ts'
import type { EnrolmentFigures } from './bench/enrolment.ts'
import { scalePage } from './bench/scale-page.ts'
import { benchScale } from './bench/scale.ts'

/** `npm run bench -- enrolment | scale [--quick]`: figures as ratios of arms that ran one after the other on this machine. */
async function main(): Promise<void> {
  const [what, ...flags] = process.argv.slice(2)
  if (what === 'scale') return scale(flags)
  if (what !== 'enrolment') throw new Error('usage: npm run bench -- enrolment | scale [--quick]')
  const cases = flags.includes('--quick') ? 60 : 400
  const figures = await benchEnrolment(cases, text => console.log(text))
  const text = page(figures)
  console.log(`\n${text}`)
  if (!flags.includes('--no-report')) writeFileSync('docs/bench.md', text)
}

async function scale(flags: readonly string[]): Promise<void> {
  const figures = await benchScale(flags.includes('--quick') ? 16 : 60, text => console.log(text))
  const text = scalePage(figures)
  console.log(`\n${text}`)
  if (flags.includes('--no-report')) return
  mkdirSync('docs/benchmarks', { recursive: true })
  writeFileSync('docs/benchmarks/scale.md', text)
  writeFileSync('docs/benchmarks/scale.json', `${JSON.stringify(figures, null, 2)}\n`)
}

function page({ cases, ours, tuned, defaults }: EnrolmentFigures): string {
  const row = (name: string, arm: EnrolmentFigures['ours']) =>
    `| ${name} | ${arm.perSecond.toFixed(2)} | ${arm.cpuPerCase.toFixed(3)} | ${arm.idleMs.toFixed(0)} |`
  return [
    '# Enrolment: cases at a saturating backlog', '',
    `Made by \`npm run bench -- enrolment\`: ${cases} cases of two registrations and two declaration rows each, waiting before the first worker starts; engine and`,
    'server on PostgreSQL. “Bare engine” runs the same diagrams with workers that do nothing. Absolute figures belong to the machine; the ratios are the claim.', '',
    '| arm | cases/s | CPU-s a case (engine, server, workers) | one case on an idle system (ms) |', '|---|--:|--:|--:|',
    row('this system, whole', ours), row('bare engine, client tuned as ours', tuned), row('bare engine, client at its defaults', defaults), '',
    '| ratio | reached | to reach |', '|---|--:|--:|',
    `| throughput against the bare engine | ${(ours.perSecond / tuned.perSecond).toFixed(2)} | ≥ 0.6 |`,
    `| CPU a case against the bare engine | ${(ours.cpuPerCase / tuned.cpuPerCase).toFixed(2)} | ≤ 1.6 |`,
    `| throughput against the client at its defaults | ${(ours.perSecond / defaults.perSecond).toFixed(2)} | ≥ 2 |`,
    `| one idle case against the client at its defaults | ${(ours.idleMs / defaults.idleMs).toFixed(2)} | ≤ 0.33 |`, ''
  ].join('\n')
}

main().then(() => process.exit(0), (error: unknown) => {
  console.error(error)
  process.exit(1)
})
