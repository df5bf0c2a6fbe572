import { figure, judged } from './bench.ts'
import type { Findings, Size, Target } from './bench.ts'
import type { Estimate } from './statistics.ts'

const FEW = 10_000
const MANY = 1_000_000
/** A query that takes no more than so many times as long among a hundred times the tasks does not read them all. */
const EVEN = 3

export interface QueryResult {
  readonly tasks: number
  readonly query: string
  readonly isByVariable: boolean
  /** Milliseconds, p95. */
  readonly ours: number
  readonly engine: number
  /** engine / ours of the p95. */
  readonly ratio: Estimate
  readonly calls: { readonly ours: number; readonly engine: number }
  readonly statements: { readonly ours: number; readonly engine: number }
  /** Ids or counts that both gave. */
  readonly equal: number
}

/** The findings of `tasklist` from its results. */
export function tasklistFindings(size: Size, results: readonly QueryResult[], tasks: number): Findings {
  return {
    title: 'Task list: six queries of a desk, ours and the engine\'s',
    intro: [
      'Both sides are asked over HTTP for the same open tasks: ours by `GET /tasks` with all that a page shows, the engine by `GET /task`; one PostgreSQL, blocks A-B-B-A, one question at a time.',
      'Before it is timed each query must give the same ids in the same order on both sides (counts: the same numbers, cut at 1,000 as the desk cuts them). Ratios are of the p95, with a 95 % bootstrap interval.'
    ],
    tables: [{
      title: 'p95 in milliseconds',
      head: ['query', 'open tasks', 'ours', 'the engine', 'ratio', '95 %', 'calls', 'statements, ours / engine', 'equal'],
      rows: results.map(({ query, tasks: open, ours, engine, ratio, calls, statements, equal }) => [
        query, open.toLocaleString('en-GB'), figure(ours), figure(engine), `${figure(ratio.value)}x`, `${figure(ratio.low)} – ${figure(ratio.high)}`,
        `${calls.ours} / ${calls.engine}`, `${figure(statements.ours)} / ${figure(statements.engine)}`, equal
      ])
    }],
    targets: targetsOf(results, tasks),
    rowCounts: { 'open tasks': tasks, applications: tasks, items: tasks, 'variables of the engine': tasks * 5 },
    raw: results,
    notes: size === 'full' ? [] : [`At most ${tasks.toLocaleString('en-GB')} tasks; the design speaks of ${MANY.toLocaleString('en-GB')}: \`npm run bench -- tasklist\`.`]
  }
}

function targetsOf(results: readonly QueryResult[], tasks: number): Target[] {
  const most = results.filter(result => result.tasks === tasks)
  const slowest = Math.max(...most.map(({ ours }) => ours))
  const byVariable = most.filter(({ isByVariable }) => isByVariable)
  const plain = most.filter(({ isByVariable }) => !isByVariable)
  const least = (some: readonly QueryResult[]) => some.reduce((one, other) => other.ratio.value < one.ratio.value ? other : one)
  const few = (query: string): number => results.find(result => result.tasks === FEW && result.query === query)?.ours ?? NaN
  const growth = most.map(result => ({ result, before: few(result.query) }))
    .map(({ result, before }) => ({ query: result.query, factor: result.ours / before }))
    .reduce((one, other) => other.factor > one.factor ? other : one)
  const at = `at ${tasks.toLocaleString('en-GB')}`
  const tells = (isMet: boolean) => tasks === MANY ? isMet : null
  const target = (
    what: string, reach: string, measured: string, isMet: boolean, reason: () => string | undefined = () => undefined
  ): Target =>
    judged({ what, reach, measured: `${measured} ${at}` }, tells(isMet), reason)
  return [
    target('six queries at 1M open tasks, p95', '≤ 100 ms', `${figure(slowest)} ms (the slowest)`, slowest <= 100),
    target('the variable-filter query against the engine', '≥ 50x', `${figure(least(byVariable).ratio.value)}x`, least(byVariable).ratio.value >= 50),
    target('the other five against the engine', '≥ 5x', `${figure(least(plain).ratio.value)}x (${least(plain).query}, the least)`, least(plain).ratio.value >= 5,
      () => reasonOfLead(results, least(plain), 5)),
    target('p95 at 1M against 10k', '≤ 2x', `${figure(growth.factor)}x (${growth.query}, the most)`, growth.factor <= 2)
  ]
}

/** Why our answer is not so much quicker; undefined when our own floor leaves room for it. */
function reasonOfLead(
  results: readonly QueryResult[], { query, ours, engine, statements }: QueryResult, factor: number
): string | undefined {
  const floor = results.reduce((one, other) => other.ours < one.ours ? other : one)
  const wanted = engine / factor
  if (floor.ours <= wanted) return undefined
  const before = results.find(result => result.tasks === FEW && result.query === query)?.engine ?? NaN
  const isFound = engine <= EVEN * before
  return `${isFound ? `the engine too answers it by an index (${figure(before)} ms at ${number(FEW)}, ${figure(engine)} now). ` : ''}Ours would have to take ${
    figure(wanted)} ms instead of ${figure(ours)}, but none of the queries ever took less than ${figure(floor.ours)} (${floor.query} at ${
    number(floor.tasks)}): HTTP, the session and a whole page with names, deadlines and totals, ${figure(statements.ours)} statements`
}

const number = (value: number): string => value.toLocaleString('en-GB')
