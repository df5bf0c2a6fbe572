import type { Bench, Size } from './bench.ts'
import { figure } from './bench.ts'
import { percent } from './machine.ts'
import { bottleneckOf } from './scale-ratio.ts'
import { benchScale } from './scale.ts'
import type { ScaleAmounts, ScaleRound } from './scale.ts'
import { mean, ratioOfRounds } from './statistics.ts'

/** All stand at the start, so that nothing needs to be started again. */
const PAIR = [false, true]
const AMOUNTS: Readonly<Record<Size, ScaleAmounts>> = {
  smoke: { cases: 2, order: PAIR }, quick: { cases: 6, order: PAIR }, full: { cases: 60, order: [true, false, false, true] }
}
const PARTS = ['engine', 'server', 'workers', 'postgres', 'departments'] as const

/** `scale`: two engine nodes, two servers and four processes of workers against one of each. */
export const scale: Bench = {
  name: 'scale',
  async run({ size, say }) {
    const figures = await benchScale(AMOUNTS[size], say)
    const { cases, single, several, bytes } = figures
    const ratio = ratioOfRounds(several.map(one => one.perSecond), single.map(one => one.perSecond))
    const row = (name: string, rounds: readonly ScaleRound[]) => [
      name, rounds.map(({ perSecond }) => perSecond.toFixed(2)).join(', '), ...PARTS.map(part => mean(rounds.map(({ cpu }) => cpu[part])).toFixed(3)),
      percent(mean(rounds.map(({ busy }) => busy)))
    ]
    return {
      title: 'Several nodes against one of each',
      intro: [
        `${cases} cases of two registrations and two declaration rows a round wait before the first worker starts; the rounds go ${size === 'full' ? 'A-B-B-A' : 'B-A'} on one cluster`,
        'with PostgreSQL and the stand-ins of the departments. On one machine more nodes share the same processors: the ratio says what they cost there.'
      ],
      tables: [{
        title: 'Arms', head: ['arm', 'cases/s, each round', ...PARTS.map(part => `${part}, CPU-s a case`), 'processors busy'],
        rows: [row('one engine node, one server, one process of workers', single), row('two engine nodes, two servers, four processes of workers', several)]
      }],
      targets: [{
        what: 'throughput of several against one of each', reach: 'told, with the bottleneck named', isMet: size === 'smoke' ? null : true,
        measured: `${ratio.mean.toFixed(2)}x (pairs of rounds ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`
      }],
      rowCounts: { cases: AMOUNTS[size].order.length * cases },
      raw: figures,
      notes: [
        `What holds up one of each: ${bottleneckOf(single)}. What holds up several: ${bottleneckOf(several)}.`,
        `Disk: ${figure(bytes.server / 1024)} KB a case in the server's database, ${figure(bytes.engine / 1024)} KB in the engine's, without uploaded papers.`,
        '`test/cluster` kills an engine node, a server and workers under load, and nothing is lost.'
      ]
    }
  }
}
