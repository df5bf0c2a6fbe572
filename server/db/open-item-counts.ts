import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'
import type { Remit } from './remit.ts'
import { STANDING, UNDATED, datedColours, openItems, slaColours } from './sla-queries.ts'
import type { SlaColour, SlaDays } from './sla-queries.ts'

/** Open items of one department, matter, division and channel, by colour. */
export interface OpenCount extends Record<SlaColour, number> {
  readonly department: string
  readonly slug: string
  readonly division: string | null
  readonly channel: string | null
}

/** Open items of a remit, counted by everything that the board can be cut by. */
export async function countOpenItems(db: Knex, remit: Remit, days: SlaDays): Promise<OpenCount[]> {
  // All of one instant.
  return db.transaction(trx => countWithin(trx, remit, days), isPostgres(db) ? { isolationLevel: 'repeatable read', readOnly: true } : {})
}

/** The same in a transaction of the caller's, which must see one instant. */
export async function countWithin(trx: Knex, remit: Remit, days: SlaDays): Promise<OpenCount[]> {
  const standing = openItems(trx, remit).whereRaw(`not (${UNDATED})`)
    .whereIn('item.id', trx('clock_interval').whereRaw(STANDING).select('subject_id'))
  // Those that stand are a few of all. As a union the database would not count with all its processors.
  const all = await counted(trx, openItems(trx, remit), days) as CountedRow[]
  const stopped = await counted(trx, standing, days) as CountedRow[]
  return sumOf([
    ...all.map(byColour),
    ...stopped.map(row => {
      const { department, slug, division, channel, red, yellow, warn, green } = byColour(row)
      const without = { red: -red, yellow: -yellow, warn: -warn, green: -green }
      return { department, slug, division, channel, ...without, stopped: Number(row.all) }
    })
  ])
}

/** What changes (rows of `open_item_change`, called `item`) add to the counts of a region, and how many changes they are. */
export async function countChanges(
  trx: Knex, changes: Knex.QueryBuilder, days: SlaDays
): Promise<{ readonly counts: readonly OpenCount[]; readonly changes: number }> {
  const rows = await counted(trx, changes, days, 'item.delta').select('item.is_standing', trx.raw('count(*) as changes'))
    .groupBy('item.is_standing') as ChangedRow[]
  return {
    counts: rows.map(row => byColour(row.is_standing ? { ...row, ...NO_DATES, stopped: row.all } : row)),
    changes: rows.reduce((total, row) => total + Number(row.changes), 0)
  }
}

/** Adds up counts of the same cut, and leaves out where nothing is open. */
export function sumOf(counts: readonly OpenCount[]): OpenCount[] {
  const found = new Map<string, OpenCount>()
  for (const count of counts) {
    const key = [count.department, count.slug, count.division, count.channel].join('|')
    const total = found.get(key)
    if (total) for (const colour of slaColours) total[colour] += count[colour]
    else found.set(key, { ...count })
  }
  return [...found.values()].filter(count => slaColours.some(colour => count[colour] !== 0))
}

type CountedRow = Omit<OpenCount, SlaColour> & Readonly<Record<'all' | Exclude<SlaColour, 'green'>, number | string>>
/** What stands has no colour of a date. */
const NO_DATES = { red: 0, yellow: 0, warn: 0 }
type ChangedRow = CountedRow & { readonly is_standing: boolean; readonly changes: number | string }

/** Counts by the leading columns of an index and by what else is in it, so that the table itself is not read. */
function counted(db: Knex, items: Knex.QueryBuilder, days: SlaDays, weight?: string): Knex.QueryBuilder {
  const cuts = ['item.department', 'item.slug', 'item.division', 'item.channel']
  const colours = Object.entries({ stopped: { sql: UNDATED, bindings: [] }, ...datedColours(days) })
  const count = (condition: string): string =>
    weight === undefined ? `count(case when ${condition} then 1 end)` : `sum(case when ${condition} then ${weight} else 0 end)`
  return items.select([
    ...cuts, db.raw(`${weight === undefined ? 'count(*)' : `sum(${weight})`} as "all"`),
    ...colours.map(([name, { sql, bindings }]) => db.raw(`${count(sql)} as "${name}"`, bindings))
  ]).groupBy(cuts)
}

function byColour({ department, slug, division, channel, all, ...colours }: CountedRow): OpenCount {
  const red = Number(colours.red), yellow = Number(colours.yellow), warn = Number(colours.warn), stopped = Number(colours.stopped)
  const green = Number(all) - red - yellow - warn - stopped
  return { department, slug, division, channel, red, yellow, warn, stopped, green }
}
