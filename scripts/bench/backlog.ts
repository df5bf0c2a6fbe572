import type pg from 'pg'
import type { RunningEngine } from '../../test/support/engine.ts'
import { randomOf } from '../../test/support/random.ts'
import { figure } from './bench.ts'
import type { Bench, BenchOptions, Findings, Size } from './bench.ts'
import { inBatches, inBulk } from './bulk.ts'
import { costPer } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { interleaved } from './load.ts'
import type { LoopLimits } from './load.ts'
import { bootstrap, quantile } from './statistics.ts'
import type { Estimate } from './statistics.ts'
import { REGION, inWorld } from './world.ts'

/** Waiting tasks; the first step is what a poll costs when hardly anything waits. */
const STEPS: Readonly<Record<Size, readonly number[]>> = {
  smoke: [50], quick: [50, 10_000, 30_000], full: [50, 10_000, 100_000, 500_000]
}
const LIMITS: Readonly<Record<Size, LoopLimits>> = {
  smoke: { atMost: 2, blockMs: 200, rounds: 1 }, quick: { atMost: 20, blockMs: 1_500, rounds: 1 },
  full: { atMost: 30, blockMs: 4_000, rounds: 2 }
}
const TOPIC = 'guangxi.flexible-pension.register'
const BATCH = 10

/** As workers/runtime/client.ts asks; and as the npm client does by itself. A lock of a millisecond leaves the queue alone. */
const POLLS = {
  ours: { usePriority: false, sorting: [{ sortBy: 'createTime', sortOrder: 'asc' }], topics: [{ topicName: TOPIC, lockDuration: 1, variables: ['itemId'], localVariables: true }] },
  defaults: { usePriority: true, topics: [{ topicName: TOPIC, lockDuration: 1 }] }
} as const

interface StepResult {
  readonly waiting: number
  readonly ours: number
  readonly defaults: number
  readonly ratio: Estimate
  readonly statements: { readonly ours: number; readonly defaults: number }
}

/** `backlog`: what one fetch of ten tasks costs while more and more wait. */
export const backlog: Bench = {
  name: 'backlog',
  run: options => inWorld(options, ({ database, engine }) => measureSteps(options, database, engine))
}

const ratioOfP95 = (one: readonly number[], other: readonly number[]): number => quantile(one, 0.95) / quantile(other, 0.95)

async function measureSteps(
  { size, seed, say }: BenchOptions, database: BenchDatabase, engine: RunningEngine
): Promise<Findings> {
  const client = await database.connect('engine')
  const results: StepResult[] = []
  let there = 0
  for (const waiting of STEPS[size]) {
    say(`backlog: ${waiting.toLocaleString('en-GB')} waiting tasks …`)
    await seedWaiting(client, there + 1, waiting)
    there = waiting
    const fetcher = (name: keyof typeof POLLS) => ({ name, run: () => fetchOnce(engine, name) })
    for (const name of ['ours', 'defaults'] as const) await fetchOnce(engine, name)
    const samples = await interleaved(fetcher('ours'), fetcher('defaults'), LIMITS[size])
    const statements = async (name: keyof typeof POLLS) => (await costPer(1, () => database.cost('engine'), () => fetchOnce(engine, name))).statements
    const result = {
      waiting, ours: quantile(samples.ours!, 0.95), defaults: quantile(samples.defaults!, 0.95),
      ratio: bootstrap(samples.defaults!, samples.ours!, ratioOfP95, randomOf(seed)),
      statements: { ours: await statements('ours'), defaults: await statements('defaults') }
    }
    results.push(result)
    say(`  p95 ${figure(result.ours)} ms, the client's defaults ${figure(result.defaults)} ms`)
  }
  return findings(results)
}

/** Puts instances that wait at a department's step into the engine's own tables, the oldest first. */
async function seedWaiting(client: pg.Client, first: number, last: number): Promise<void> {
  await inBulk(client, ['act_ru_execution', 'act_ru_ext_task', 'act_ru_variable'], () => inBatches(first, last, async (from, to) => {
    const cases = `select md5('waiting-' || n)::uuid::text as key, n, definition.id_ as definition from generate_series(${from}::bigint, ${to}::bigint) as n
      join act_re_procdef as definition on definition.key_ = '${REGION}-flexible-pension' and definition.version_ = 1`
    await client.query(`insert into act_ru_execution (id_, rev_, root_proc_inst_id_, proc_inst_id_, business_key_, proc_def_id_, act_id_, act_inst_id_, is_active_,
        is_concurrent_, is_scope_, is_event_scope_, suspension_state_, cached_ent_state_, sequence_counter_)
      select key, 1, key, key, key, definition, 'Task_Register', key, true, false, true, false, 1, 16, 1 from (${cases}) as waiting`)
    await client.query(`insert into act_ru_ext_task (id_, rev_, topic_name_, create_time_, suspension_state_, execution_id_, proc_inst_id_, proc_def_id_,
        proc_def_key_, act_id_, act_inst_id_, priority_)
      select key, 1, '${TOPIC}', now()::timestamp - interval '1 day' + n * interval '10 milliseconds', 1, key, key, definition, '${REGION}-flexible-pension', 'Task_Register', key, 0
      from (${cases}) as waiting`)
    await client.query(`insert into act_ru_variable (id_, rev_, type_, name_, execution_id_, proc_inst_id_, proc_def_id_, text_, var_scope_, sequence_counter_, is_concurrent_local_)
      select key || '-' || name, 1, 'string', name, key, key, definition, value, key, 1, false
      from (${cases}) as waiting cross join lateral (values ('itemId', key), ('region', '${REGION}'), ('division', '450103')) as variable(name, value)`)
  }))
}

async function fetchOnce(engine: RunningEngine, name: keyof typeof POLLS): Promise<void> {
  const response = await fetch(`${engine.url}/external-task/fetchAndLock`, {
    method: 'POST', headers: { authorization: engine.authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ workerId: 'bench', maxTasks: BATCH, ...POLLS[name] })
  })
  if (!response.ok) throw new Error(`fetchAndLock: ${response.status} ${await response.text()}`)
  const tasks = await response.json() as { id: string; topicName: string }[]
  if (tasks.length !== BATCH || tasks.some(({ topicName }) => topicName !== TOPIC)) throw new Error(`${tasks.length} tasks were fetched, not ${BATCH}`)
}

function findings(results: readonly StepResult[]): Findings {
  const last = results.at(-1)!
  return {
    title: 'Fetching work from a long queue',
    intro: [
      `One \`fetchAndLock\` of ${BATCH} tasks of one topic, of which ever more wait, seeded into the engine's own tables; blocks A-B-B-A, one poll at a time.`,
      '“Ours” asks as the workers do (the oldest first, no priority, local variables of which one is named), “defaults” as the npm client does by itself.'
    ],
    tables: [{
      title: 'p95 in milliseconds', head: ['waiting tasks', 'ours', 'defaults', 'defaults / ours', '95 %', 'statements, ours / defaults'],
      rows: results.map(({ waiting, ours, defaults, ratio, statements }) => [
        waiting.toLocaleString('en-GB'), figure(ours), figure(defaults), `${figure(ratio.value)}x`, `${figure(ratio.low)} – ${figure(ratio.high)}`,
        `${figure(statements.ours)} / ${figure(statements.defaults)}`
      ])
    }],
    targets: [],
    rowCounts: { 'waiting tasks': last.waiting, 'variables of the engine': last.waiting * 3 },
    raw: results,
    notes: ['The design sets no number for it. Ten tasks of one poll share its cost; a worker that takes fifty pays it a fifth as often.']
  }
}
