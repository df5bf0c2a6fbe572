import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'
import { decidedSums, numbersOf } from './decided-sums.ts'
import { countDecided } from './oversight-queries.ts'
import type { DecidedCount } from './oversight-queries.ts'
import { isWithin } from './remit.ts'
import type { Remit } from './remit.ts'
import { makeAlone } from './tally-lock.ts'

/** Instants, business ms: between them hardly anything is decided any more, so that only what came after is counted each time. */
export interface DecidedWindow {
  readonly since: number
  readonly settledBefore: number
}

/**
 * The same as `countDecided` since the window's begin, on PostgreSQL by the kept sums of the days that are settled and a count of
 * the rest (docs/adr/0014).
 */
export async function tallyDecided(db: Knex, remit: Remit, window: DecidedWindow): Promise<DecidedCount[]> {
  if (!isPostgres(db)) return countDecided(db, remit, window.since)
  const { region } = remit
  const settled = await findSettled(db, region, window) ?? await makeAlone(db, 'decided', region, trx => settle(trx, region, window))
  if (!settled) return countDecided(db, remit, window.since)
  const bySlug = new Map<string, Record<typeof SUMS[number], number>>()
  for (const count of [...settled.filter(isWithin(remit)), ...await countDecided(db, remit, window.settledBefore)]) {
    const total = bySlug.get(count.slug)
    if (total) for (const name of SUMS) total[name] += count[name]
    else bySlug.set(count.slug, { ...count })
  }
  return [...bySlug].map(([slug, total]) => ({
    slug, ...Object.fromEntries(SUMS.map(name => [name, total[name]])) as Omit<DecidedCount, 'slug'>
  }))
}

const SUMS = ['decided', 'onTime', 'immediate', 'atOnce', 'approved', 'rejected', 'withdrawn'] as const

interface SettledCount extends DecidedCount {
  readonly department: string
  readonly division: string | null
}

async function findSettled(db: Knex, region: string, { since, settledBefore }: DecidedWindow): Promise<SettledCount[] | null> {
  const row = await db('decided_tally').where({ region, since, settled_before: settledBefore }).first('sums') as { sums: string } | undefined
  return row ? JSON.parse(row.sums) as SettledCount[] : null
}

async function settle(trx: Knex, region: string, { since, settledBefore }: DecidedWindow): Promise<SettledCount[]> {
  const place = ['department', 'division', 'slug'] as const
  const rows = await trx('item').where({ region }).where('decided_at', '>=', since).where('decided_at', '<', settledBefore).whereNotNull('outcome')
    .select(...place, trx.raw('count(*) as decided'), ...decidedSums(trx)).groupBy(place) as unknown as Record<string, unknown>[]
  const counts = rows.map(row => numbersOf<SettledCount>(row, place))
  await trx('decided_tally').insert({ region, since, settled_before: settledBefore, sums: JSON.stringify(counts) }).onConflict('region').merge()
  return counts
}
