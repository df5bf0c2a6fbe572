import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'
import { countChanges, countOpenItems, countWithin, sumOf } from './open-item-counts.ts'
import type { OpenCount } from './open-item-counts.ts'
import { isWithin } from './remit.ts'
import type { Remit } from './remit.ts'
import type { SlaDays } from './sla-queries.ts'
import { makeAlone } from './tally-lock.ts'

/** So many changes a question adds to the kept counts without a thought: some milliseconds. */
const MOST_CHANGES = 2000

/**
 * The same as `countOpenItems`, on PostgreSQL by the kept counts of the region and the changes since (docs/adr/0014). Whoever
 * finds counts of other days, or too many changes, makes the counts anew.
 */
export async function tallyOpenItems(db: Knex, remit: Remit, days: SlaDays): Promise<OpenCount[]> {
  if (!isPostgres(db)) return countOpenItems(db, remit, days)
  const { region } = remit
  const kept = await readTally(db, region, days)
  const counts = kept && kept.changes <= MOST_CHANGES ? kept.counts : await renewTally(db, region, days) ?? kept?.counts
  return counts?.filter(isWithin(remit)) ?? countOpenItems(db, remit, days)
}

/** Null = the counts hold for other days, or there are none. */
async function readTally(
  db: Knex, region: string, days: SlaDays
): Promise<{ readonly counts: readonly OpenCount[]; readonly changes: number } | null> {
  return db.transaction(async trx => {
    const before = await findTally(trx, region, days)
    if (!before) return null
    const since = await countChanges(trx, trx('open_item_change as item').where({ region }), days)
    return { counts: sumOf([...before, ...since.counts]), changes: since.changes }
  }, { isolationLevel: 'repeatable read', readOnly: true })
}

/**
 * Makes the counts of a region hold for these days and takes the changes into them: of one instant, so that what is committed
 * meanwhile stays a change. Null = another server is at it, or was. Nobody who changes an item waits for it.
 */
export async function renewTally(db: Knex, region: string, days: SlaDays): Promise<OpenCount[] | null> {
  return makeAlone(db, 'open', region, async trx => {
    const before = await findTally(trx, region, days)
    const gone = trx('open_item_change').where({ region }).delete()
    const counts = before
      ? sumOf([...before, ...(await countChanges(trx, trx.with('item', gone.returning('*')).from('item'), days)).counts])
      : await countWithin(trx, { region, department: null, divisionPrefix: '' }, days)
    if (!before) await gone
    await trx('open_item_tally').insert({
      region, today: days.today, warn_before: days.warnBefore, is_late: days.isLate, counts: JSON.stringify(counts.map(packed))
    }).onConflict('region').merge()
    return counts
  })
}

async function findTally(trx: Knex, region: string, { today, warnBefore, isLate }: SlaDays): Promise<OpenCount[] | null> {
  const row = await trx('open_item_tally').where({ region, today, warn_before: warnBefore, is_late: isLate }).first('counts') as
    { counts: string } | undefined
  return row ? (JSON.parse(row.counts) as Packed[]).map(unpacked) : null
}

/** As a list without names: a region has thousands of them, and every question reads them. */
type Packed = [department: string, slug: string, division: string | null, channel: string | null, ...colours: number[]]

const packed = ({ department, slug, division, channel, red, yellow, warn, green, stopped }: OpenCount): Packed =>
  [department, slug, division, channel, red, yellow, warn, green, stopped]

const unpacked = ([department, slug, division, channel, red, yellow, warn, green, stopped]: Packed): OpenCount =>
  ({ department, slug, division, channel, red: red!, yellow: yellow!, warn: warn!, green: green!, stopped: stopped! })
