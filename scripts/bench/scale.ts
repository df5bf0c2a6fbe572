import { cpus } from 'node:os'
import pg from 'pg'
import { PEOPLE, submitCases } from '../../test/faults/support/experiment.ts'
import type { ClusterStack } from '../../test/support/cluster-stack.ts'
import { startClusterStack } from '../../test/support/cluster-stack.ts'
import { until } from '../../test/support/until.ts'
import { engineUrl } from '../system/plan.ts'
import { umbrellas } from './bare-case.ts'
import type { Reachable } from './bare-case.ts'
import { cpuSeconds } from './cpu.ts'
import { cpuWithChildren, processorSeconds } from './machine.ts'

const PARTS = ['engine', 'server', 'workers', 'departments', 'postgres'] as const
type Part = (typeof PARTS)[number]

export interface ScaleRound {
  readonly perSecond: number
  /** CPU seconds a case, by part. */
  readonly cpu: Readonly<Record<Part, number>>
  /** Share of the machine's processors that was busy, 0 to 1. */
  readonly busy: number
}

export interface ScaleFigures {
  readonly cases: number
  /** Processors of the machine. */
  readonly cores: number
  /** One engine node, one server, one process of workers. */
  readonly single: readonly ScaleRound[]
  /** Two engine nodes, two servers, four processes of workers. */
  readonly several: readonly ScaleRound[]
  /** Bytes of both databases a case, over all rounds. */
  readonly bytes: { readonly server: number; readonly engine: number }
}

const SIZE = { engines: 2, servers: 2, workers: 4 }
/** What stands still when one of each is measured. */
const SURPLUS = ['workers-2', 'workers-3', 'workers-4', 'server-2', 'engine-2']
const WARM_UP = 4

export interface ScaleAmounts {
  /** Of one round. */
  readonly cases: number
  /** Whether each round is alone one of each, in their order. */
  readonly order: readonly boolean[]
}

/** Measures one of each against several on one cluster, each round with a backlog that waits before its workers start. */
export async function benchScale({ cases, order }: ScaleAmounts, say: (text: string) => void): Promise<ScaleFigures> {
  const stack = await startClusterStack(SIZE, PEOPLE)
  const single: ScaleRound[] = []
  const several: ScaleRound[] = []
  try {
    await submitCases(stack, WARM_UP)
    let ended = await endedUmbrellas(stack, WARM_UP)
    const before = await databaseBytes(stack)
    const still = new Set<string>()
    for (const isSingle of order) {
      say(`${isSingle ? 'one of each' : 'several'}, ${cases} cases …`)
      ;(isSingle ? single : several).push(await round(stack, { cases, isSingle, ended, still }))
      ended += cases
    }
    const after = await databaseBytes(stack)
    const done = order.length * cases
    const bytes = { server: (after.server - before.server) / done, engine: (after.engine - before.engine) / done }
    return { cases, cores: cpus().length, single, several, bytes }
  } finally {
    await stack.stop()
  }
}

interface RoundPlan {
  readonly cases: number
  readonly isSingle: boolean
  /** Cases that had ended before. */
  readonly ended: number
  /** Engine nodes and servers that stand still. */
  readonly still: Set<string>
}

async function round(stack: ClusterStack, { cases, isSingle, ended, still }: RoundPlan): Promise<ScaleRound> {
  const { children } = stack.system
  const workers = Object.keys(children).filter(name => name.startsWith('workers'))
  await Promise.all(workers.map(name => children[name]!.stop(12_000)))
  for (const name of SURPLUS.filter(one => !workers.includes(one))) {
    if (isSingle) await children[name]!.stop(6000)
    else if (still.has(name)) await stack.system.renew(name)
    still[isSingle ? 'add' : 'delete'](name)
  }
  await submitCases(stack, cases)
  await until('every case is started', async () => await umbrellas(engineOf(stack)) >= ended + cases)
  const from = reading(stack)
  const begun = Date.now()
  for (const name of workers) if (!isSingle || !SURPLUS.includes(name)) children[name]!.startAgain()
  await endedUmbrellas(stack, ended + cases)
  const seconds = (Date.now() - begun) / 1000
  const to = reading(stack)
  const cpu = Object.fromEntries(PARTS.map(part => [part, (to.cpu[part] - from.cpu[part]) / cases])) as Record<Part, number>
  return { perSecond: cases / seconds, cpu, busy: (to.machine.busy - from.machine.busy) / (to.machine.all - from.machine.all) }
}

/** What all parts have used so far; workers begin anew with each round, so theirs is what they used in it. */
function reading({ system, postgres }: ClusterStack) {
  const of = (kind: string): number =>
    Object.entries(system.children).filter(([name]) => name.startsWith(kind))
      .reduce((sum, [, { pid }]) => sum + cpuSeconds(pid), 0)
  const cpu: Record<Part, number> = {
    engine: of('engine'), server: of('server'), workers: of('workers'), departments: of('departments'),
    postgres: cpuWithChildren(postgres.pid)
  }
  return { cpu, machine: processorSeconds() }
}

function engineOf({ system: { options, secrets } }: ClusterStack): Reachable {
  return { url: engineUrl(options), authorization: `Basic ${Buffer.from(`engine:${secrets.ENGINE_PASSWORD}`).toString('base64')}` }
}

async function endedUmbrellas(stack: ClusterStack, count: number): Promise<number> {
  return until(`${count} cases have ended`, async () => {
    const found = await umbrellas(engineOf(stack), '&completed=true')
    return found >= count ? found : undefined
  }, 600_000, 25)
}

async function databaseBytes({ postgres }: ClusterStack): Promise<{ server: number; engine: number }> {
  const client = new pg.Client(postgres.url('server'))
  await client.connect()
  const size = async (name: string): Promise<number> =>
    Number((await client.query<{ size: string }>('select pg_database_size($1) as size', [name])).rows[0]!.size)
  const sizes = { server: await size('server'), engine: await size('engine') }
  await client.end()
  return sizes
}
