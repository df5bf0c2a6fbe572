import type pg from 'pg'
import { addDays } from '../../core/dates.ts'
import { slaDays } from '../../server/services/oversight/sla-days.ts'
import { staff, startPublicServer } from '../../test/support/public-server.ts'
import type { PublicServer } from '../../test/support/public-server.ts'
import type { ApiClient } from '../client.ts'
import { figure } from './bench.ts'
import type { Bench, BenchOptions, Findings, Size } from './bench.ts'
import { rowsOf } from './bulk.ts'
import { costPer } from './database.ts'
import type { BenchDatabase } from './database.ts'
import { seedItems } from './item-data.ts'
import { timed } from './load.ts'
import { quantile } from './statistics.ts'
import { REGION, inWorld } from './world.ts'

interface Amounts {
  readonly open: number
  readonly closed: number
  readonly calls: number
  /** Changes whose way to the board is timed. */
  readonly changes: number
}

const AMOUNTS: Readonly<Record<Size, Amounts>> = {
  smoke: { open: 1_000, closed: 2_000, calls: 3, changes: 2 },
  quick: { open: 50_000, closed: 250_000, calls: 30, changes: 10 },
  full: { open: 1_000_000, closed: 5_000_000, calls: 40, changes: 20 }
}
/** A city, as a supervisor of less than the region has it. */
const CITY = '450100'

/** `sla`: the supervisors' board over many open and closed items, and how soon it shows a change. */
export const sla: Bench = {
  name: 'sla',
  run: options => inWorld(options, async ({ database, db, env }) => {
    const server = await startPublicServer({ db, env })
    try {
      return await measure(options, database, server)
    } finally {
      await server.stop()
    }
  })
}

interface Board {
  readonly totals: Readonly<Record<'open' | 'onTrack' | 'atRisk' | 'overdue' | 'red' | 'stopped', number>>
}

async function measure({ size, seed, say }: BenchOptions, database: BenchDatabase, server: PublicServer): Promise<Findings> {
  const amounts = AMOUNTS[size]
  const client = await database.connect('server')
  say(`sla: ${amounts.open.toLocaleString('en-GB')} open and ${amounts.closed.toLocaleString('en-GB')} closed items …`)
  await seedItems(client, { ...amounts, seed, region: server.ctx.regions.get(REGION), now: server.ctx.clock.now() })
  // They were put in past the triggers that tell of changes.
  for (const kept of ['open_item_tally', 'decided_tally']) await client.query(`delete from ${kept}`)
  const viewers = {
    region: await server.as(staff('supervisor', 'supervisor-gx')),
    city: await server.as(staff('supervisor', 'supervisor-city', { division: CITY }))
  }
  await compare(viewers.region, await recount(client, server))
  const samples: Record<string, number[]> = { region: [], city: [] }
  for (let call = 0; call < amounts.calls; call++) {
    for (const [name, viewer] of Object.entries(viewers)) samples[name]!.push(await timed(() => viewer.get('sla/summary')))
  }
  const cost = await costPer(1, () => database.cost('server'), () => viewers.region.get('sla/summary'))
  const freshness = await freshnessOf(client, viewers.region, amounts.changes)
  await compare(viewers.region, await recount(client, server))
  const p95 = { region: quantile(samples.region!, 0.95), city: quantile(samples.city!, 0.95) }
  const p99 = quantile(freshness, 0.99)
  say(`  summary p95 ${figure(p95.region)} ms (region), ${figure(p95.city)} ms (city); freshness p99 ${figure(p99)} ms`)
  return findings(amounts, { samples, freshness, statements: cost.statements }, { ...p95, p99 }, {
    items: await rowsOf(client, 'item'), applications: await rowsOf(client, 'application'), intervals: await rowsOf(client, 'clock_interval')
  })
}

/** The oracle: every open item is read, and its colour told here, by the words of the rule and not by the board's statement. */
async function recount(client: pg.Client, { ctx }: PublicServer): Promise<Board['totals']> {
  const { today, isLate, warnBefore } = slaDays(ctx, ctx.regions.get(REGION))
  const { rows } = await client.query(`select status, promised_due, red_due, deadline_kind, count(*)::int as count,
      item.id in (select subject_id from clock_interval where ended_on is null) as stands
    from item where decided_at is null group by 1, 2, 3, 4, 6`)
  const totals = { open: 0, onTrack: 0, atRisk: 0, overdue: 0, red: 0, stopped: 0 }
  const dayBeforeWarning = addDays(warnBefore, -1)
  for (const { status, promised_due: due, red_due: red, deadline_kind: kind, count, stands } of rows) {
    totals.open += count
    if (stands || status === 'correcting') totals.stopped += count
    else if (today > red) totals.red += count
    else if (today > due) totals.overdue += count
    else if (kind === 'immediate' ? isLate && due === today : due <= dayBeforeWarning) totals.atRisk += count
    else totals.onTrack += count
  }
  return totals
}

async function compare(viewer: ApiClient, expected: Board['totals']): Promise<void> {
  const { totals } = await viewer.get<Board>('sla/summary')
  const names = Object.keys(expected) as (keyof Board['totals'])[]
  const wrong = names.filter(name => totals[name] !== expected[name])
  if (wrong.length > 0) throw new Error(`the board differs from a recount: ${wrong.map(name => `${name} ${totals[name]} for ${expected[name]}`).join(', ')}`)
}

/** Milliseconds from the commit of a decision until a board that is asked again and again shows one open item less. */
async function freshnessOf(client: pg.Client, viewer: ApiClient, changes: number): Promise<number[]> {
  const { rows } = await client.query('select id from item where decided_at is null order by id limit $1', [changes]) as { rows: { id: string }[] }
  const openNow = async () => (await viewer.get<Board>('sla/summary')).totals.open
  let open = await openNow()
  const delays: number[] = []
  for (const { id } of rows) {
    await client.query("update item set decided_at = 1, status = 'approved', outcome = 'approved' where id = $1", [id])
    delays.push(await timed(async () => { while (await openNow() === open) { /* asks again */ } }))
    open--
  }
  return delays
}

interface Samples {
  readonly samples: Readonly<Record<string, readonly number[]>>
  readonly freshness: readonly number[]
  readonly statements: number
}

function findings(
  { open, closed }: Amounts, raw: Samples, { region, city, p99 }: { region: number; city: number; p99: number },
  rowCounts: Readonly<Record<string, number>>
): Findings {
  const isWhole = open >= 1_000_000
  const at = `at ${open.toLocaleString('en-GB')} open and ${closed.toLocaleString('en-GB')} closed`
  const row = (name: string, samples: readonly number[]) =>
    [name, ...[0.5, 0.95, 0.99].map(share => figure(quantile(samples, share))), samples.length]
  return {
    title: 'The supervisors\' board',
    intro: [
      '`GET /sla/summary` over HTTP, one question at a time; before and after, the totals must equal a recount of every open item by another statement.',
      'Freshness is the time from the commit of a decision until a board that is asked again and again shows it.'
    ],
    tables: [{
      title: 'Milliseconds', head: ['what', 'p50', 'p95', 'p99', 'calls'],
      rows: [row('summary, whole region', raw.samples.region!), row('summary, one city', raw.samples.city!), row('freshness', raw.freshness)]
    }],
    targets: [
      { what: 'SLA summary at 1M open + 5M closed, p95', reach: '≤ 200 ms', measured: `${figure(region)} ms (a city: ${figure(city)} ms) ${at}`, isMet: isWhole ? region <= 200 : null },
      { what: 'freshness, p99', reach: '≤ 2 s', measured: `${figure(p99 / 1000)} s ${at}`, isMet: isWhole ? p99 <= 2000 : null }
    ],
    rowCounts,
    raw: { ...raw, closed, open },
    notes: [`One summary takes ${figure(raw.statements)} statements (the session's and BEGIN/COMMIT among them).`]
  }
}
