import type { Stack } from '../../test/support/stack.ts'
import { until } from '../../test/support/until.ts'
import { submitCases } from '../../test/faults/support/experiment.ts'
import { cpuSeconds } from './cpu.ts'
import type { BenchDatabase } from './database.ts'
import type { GrowthPlace } from './growth-data.ts'
import { cpuWithChildren } from './machine.ts'

export interface GrowthWorld extends GrowthPlace {
  readonly stack: Stack
  readonly database: BenchDatabase
}

/**
 * What is counted; `tables` are bytes on the disk with indexes, `log` bytes of the write-ahead log of both databases, `logPages`
 * the pages that went whole into it.
 */
export const COUNTED = [
  'application', 'postgres', 'statementsServer', 'statementsEngine', 'log', 'logRecords', 'logPages', 'tablesServer', 'tablesEngine'
] as const
export type Counted = Readonly<Record<(typeof COUNTED)[number], number>>

/** CPU seconds, statements and bytes so far. */
async function reading({ stack, database, clients }: GrowthWorld): Promise<Counted> {
  const { engine, server, workers } = stack.system.children
  const costs = { server: await database.cost('server'), engine: await database.cost('engine') }
  const size = async (name: 'server' | 'engine') =>
    Number((await clients[name].query('select pg_database_size($1) as size', [name])).rows[0].size)
  return {
    application: [engine, server, workers].reduce((sum, { pid }) => sum + cpuSeconds(pid), 0),
    postgres: cpuWithChildren(database.postgres.pid),
    statementsServer: costs.server.statements, statementsEngine: costs.engine.statements,
    log: costs.server.walBytes + costs.engine.walBytes,
    logRecords: costs.server.walRecords + costs.engine.walRecords, logPages: costs.server.walPages + costs.engine.walPages,
    tablesServer: await size('server'), tablesEngine: await size('engine')
  }
}

const eachOf = (value: (name: (typeof COUNTED)[number]) => number): Counted =>
  Object.fromEntries(COUNTED.map(name => [name, value(name)])) as unknown as Counted

/** What the system uses in a second while no case moves: its loops look about. */
export async function standingCost(world: GrowthWorld, ms: number): Promise<Counted> {
  const [before, begun] = [await reading(world), Date.now()]
  await pause(ms)
  const after = await reading(world)
  return eachOf(name => (after[name] - before[name]) / ((Date.now() - begun) / 1000))
}

/** Plays whole cases, and gives what one cost beyond what the system would have used anyhow. */
export async function liveRound(world: GrowthWorld, cases: number, standing: Counted): Promise<Counted> {
  const [before, begun] = [await reading(world), Date.now()]
  await playCases(world, cases)
  const after = await reading(world)
  const seconds = (Date.now() - begun) / 1000
  // What takes up room is there because of the cases alone.
  return eachOf(name => (after[name] - before[name] - (name.startsWith('tables') ? 0 : standing[name] * seconds)) / cases)
}

const PATIENCE_MS = 600_000
const LOOK_MS = 500
/** For the feeds and the sealer to follow. */
const SETTLING_MS = 2_000

/** Hands in whole cases and waits until each is closed. */
export async function playCases({ stack, clients }: GrowthWorld, cases: number): Promise<void> {
  const ids = (await submitCases(stack, cases)).map(({ id }) => id)
  await until(`the end of ${cases} cases`, async () => {
    const { rows: [row] } = await clients.server.query('select count(*)::int as open from application where id = any($1) and closed_at is null', [ids])
    return row.open === 0
  }, PATIENCE_MS, LOOK_MS)
  await pause(SETTLING_MS)
}

/** Rows of each of the engine's runtime tables. */
export async function runtimeRows({ clients }: GrowthWorld): Promise<Record<string, number>> {
  const tables = ['execution', 'ext_task', 'variable', 'task', 'identitylink', 'event_subscr', 'job', 'incident'].map(name => `act_ru_${name}`)
  const { rows: [row] } = await clients.engine.query(`select ${tables.map(table => `(select count(*) from ${table})::int as ${table}`).join(', ')}`)
  return row
}

export type TableBytes = Readonly<Record<'server' | 'engine', Readonly<Record<string, number>>>>

/** Bytes of each table with its indexes, in both databases. */
export async function tableBytes({ clients }: GrowthWorld): Promise<TableBytes> {
  const of = async (name: 'server' | 'engine') => {
    const { rows } = await clients[name].query(`select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace`) as { rows: { name: string; bytes: number }[] }
    return Object.fromEntries(rows.map(({ name: table, bytes }) => [table, bytes]))
  }
  return { server: await of('server'), engine: await of('engine') }
}

/** What each table has grown by for one case; those that have not are left out. */
export function grownBy(before: TableBytes, after: TableBytes, cases: number): TableBytes {
  const of = (name: 'server' | 'engine') => Object.fromEntries(Object.entries(after[name])
    .map(([table, bytes]) => [table, (bytes - (before[name][table] ?? 0)) / cases] as const).filter(([, bytes]) => bytes > 0))
  return { server: of('server'), engine: of('engine') }
}

/**
 * Lets server and workers stand still while `work` goes on, and waits until both are there again and the server has looked
 * through all.
 */
export async function standingStill({ stack, clients }: GrowthWorld, work: () => Promise<void>): Promise<void> {
  const { server, workers } = stack.system.children
  await workers.stop(12_000)
  await server.stop(6_000)
  await work()
  await clients.server.query("delete from feed_cursor where name = 'reconciliation'")
  server.startAgain()
  workers.startAgain()
  await until('the server is ready', async () => (await fetch(`${stack.system.baseUrl}/readyz`).catch(() => undefined))?.ok, PATIENCE_MS)
  await until('it has compared engine and tables', async () =>
    (await clients.server.query("select 1 from feed_cursor where name = 'reconciliation'")).rows.length > 0, PATIENCE_MS)
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
