import type { Knex } from 'knex'
import { isPostgres } from './connect.ts'
import { atRemit } from './remit.ts'
import type { Remit } from './remit.ts'

/** `stopped`: its clock stands for a correction or a 特别程序, or has not begun. */
export const slaColours = ['red', 'yellow', 'warn', 'green', 'stopped'] as const
export type SlaColour = (typeof slaColours)[number]

/** The days between the colours, so that a colour is asked of the database and stored nowhere. */
export interface SlaDays {
  readonly today: string
  /** A promise that ends before this day is 预警. */
  readonly warnBefore: string
  /** So late in the day that what is promised for today is 预警. */
  readonly isLate: boolean
}

/** By what items are told apart everywhere in oversight. */
export interface Cut {
  readonly department?: string
  readonly slug?: string
  /** Begin of the division's code. */
  readonly division?: string
  readonly channel?: string
}

export interface SlaFilter extends Cut {
  readonly colour?: SlaColour
}

export interface SlaCount {
  readonly department: string
  readonly slug: string
  readonly division: string | null
  readonly channel: string
  readonly colour: SlaColour
  readonly count: number
}

export interface OpenItemRow {
  readonly id: string
  readonly application_id: string
  readonly number: string
  readonly channel: string
  readonly slug: string
  readonly department: string
  readonly division: string | null
  readonly status: string
  readonly colour: SlaColour
  readonly promised_due: string | null
  readonly red_due: string | null
  readonly is_provisional: boolean
  readonly has_incident: boolean
  readonly created_at: number
}

/** Place in the list of what stands still: after everything that runs. */
export const NEVER_DUE = '9999-12-31'
const OPEN = ['accepted', 'waiting', 'reviewing', 'correcting']

/** Open items of a remit, counted by everything that the board can be cut by. */
export async function countOpenItems(db: Knex, remit: Remit, days: SlaDays): Promise<SlaCount[]> {
  const standing = openItems(db, remit).whereRaw(`not (${UNDATED})`).whereIn('item.id', standingSubjects(db))
  // Both of one instant. As a union the database would not count with all its processors.
  const rows = await db.transaction(async trx => [
    ...await counted(trx, openItems(trx, remit), days, false), ...await counted(trx, standing.transacting(trx), days, true)
  ] as CountedRow[], isPostgres(db) ? { isolationLevel: 'repeatable read', readOnly: true } : {})
  const found = new Map<string, SlaCount>()
  const add = ({ department, slug, division, channel }: CountedRow, colour: SlaColour, count: number) => {
    const key = [department, slug, division, channel, colour].join('|')
    found.set(key, { department, slug, division, channel, colour, count: (found.get(key)?.count ?? 0) + count })
  }
  for (const row of rows) {
    const sign = row.is_standing ? -1 : 1
    let green = Number(row.all)
    for (const colour of ['red', 'yellow', 'warn'] as const) {
      add(row, colour, sign * Number(row[colour]))
      green -= Number(row[colour])
    }
    add(row, 'stopped', Number(row.is_standing ? row.all : row.stopped))
    add(row, 'green', sign * (green - Number(row.stopped)))
  }
  return [...found.values()].filter(({ count }) => count > 0)
}

type CountedRow = Pick<SlaCount, 'department' | 'slug' | 'division' | 'channel'> &
  Record<'all' | Exclude<SlaColour, 'green'>, number | string> & { readonly is_standing: number }

/** Counts by the leading columns of an index and by what else is in it, so that the table itself is not read. */
function counted(
  db: Knex, items: Knex.QueryBuilder, days: SlaDays, isStanding: boolean
): Knex.QueryBuilder {
  const cuts = ['item.department', 'item.slug', 'item.division', 'item.channel']
  const colours = Object.entries({ stopped: { sql: UNDATED, bindings: [] }, ...datedColours(days) })
  return items.select([
    ...cuts, db.raw(`${isStanding ? 1 : 0} as is_standing`), db.raw('count(*) as "all"'),
    ...colours.map(([name, { sql, bindings }]) => db.raw(`count(case when ${sql} then 1 end) as "${name}"`, bindings))
  ]).groupBy(cuts)
}

/** Open items, the most urgent first, by keyset on (due date, id); what stands still comes last. */
export async function listOpenItems(
  db: Knex, remit: Remit, days: SlaDays, filter: SlaFilter, page: { after: { key: string; id: string } | null; limit: number }
): Promise<OpenItemRow[]> {
  const { colour } = filter
  const running = runningColour(days)
  const [day, id] = [page.after?.key ?? '', page.after?.id ?? '']
  const list = (isStopped: boolean): Knex.QueryBuilder => atCut(openItems(db, remit), filter).whereRaw(isStopped ? STOPPED : `not (${STOPPED})`)
    .join('application', 'application.id', 'item.application_id').select(
      'item.id', 'item.application_id', 'application.number', 'item.channel', 'item.slug', 'item.department', 'item.division',
      'item.status', 'item.promised_due', 'item.red_due', 'item.is_provisional', 'item.has_incident', 'item.created_at',
      isStopped ? db.raw("'stopped' as colour") : db.raw(`${running.sql} as colour`, running.bindings)
    )
  const dated = list(false).whereRaw('(item.promised_due, item.id) > (?, ?)', [day, id])
    .orderBy([{ column: 'item.promised_due' }, { column: 'item.id' }]).limit(page.limit)
  if (colour !== undefined) dated.whereRaw(`${running.sql} = ?`, [...running.bindings, colour])
  if (colour === 'warn' || colour === 'green') dated.where('item.promised_due', '>=', days.today)
  const first = day === NEVER_DUE || colour === 'stopped' ? [] : await dated as OpenItemRow[]
  if (first.length === page.limit || (colour !== undefined && colour !== 'stopped')) return first
  const stopped = list(true).where('item.id', '>', day === NEVER_DUE ? id : '').orderBy('item.id').limit(page.limit - first.length)
  return [...first, ...await stopped as OpenItemRow[]]
}

/** Narrows a query on item to a cut. */
export function atCut(query: Knex.QueryBuilder, { department, slug, division, channel }: Cut): Knex.QueryBuilder {
  if (department !== undefined) query.where('item.department', department)
  if (slug !== undefined) query.where('item.slug', slug)
  if (division !== undefined) query.whereLike('item.division', `${division}%`)
  if (channel !== undefined) query.where('item.channel', channel)
  return query
}

function openItems(db: Knex, remit: Remit): Knex.QueryBuilder {
  return atRemit(db('item'), remit, 'item').whereNull('item.decided_at').whereIn('item.status', OPEN)
}

/** What stands still by a 特别程序, for another department, by an outage. */
function standingSubjects(db: Knex): Knex.QueryBuilder {
  return db('clock_interval').whereRaw(STANDING).select('subject_id')
}

const STANDING = "kind in ('special', 'waiting', 'outage') and ended_on is null"
/** Waits for a correction, or has no date yet. */
const UNDATED = "item.status = 'correcting' or item.promised_due is null"
const STOPPED = `(${UNDATED} or exists (select 1 from clock_interval where clock_interval.subject_id = item.id and ${STANDING}))`

interface Condition {
  readonly sql: string
  readonly bindings: readonly string[]
}

/** What makes the colour of an item that no interval stops; of all these at most one holds, and of a green one none. */
function datedColours({ today, warnBefore, isLate }: SlaDays): Readonly<Record<'red' | 'yellow' | 'warn', Condition>> {
  const isDue = `not (${UNDATED}) and (item.red_due is null or item.red_due >= ?)`
  const immediate = isLate ? " or item.deadline_kind = 'immediate' and item.promised_due = ?" : ''
  return {
    red: { sql: `not (${UNDATED}) and item.red_due < ?`, bindings: [today] },
    yellow: { sql: `${isDue} and item.promised_due < ?`, bindings: [today, today] },
    warn: {
      sql: `${isDue} and item.promised_due >= ? and (item.deadline_kind <> 'immediate' and item.promised_due < ?${immediate})`,
      bindings: [today, today, warnBefore, ...(isLate ? [today] : [])]
    }
  }
}

/** The same as one column. */
function runningColour(days: SlaDays): Condition {
  const colours = Object.entries(datedColours(days))
  return {
    sql: `case ${colours.map(([name, { sql }]) => `when ${sql} then '${name}'`).join(' ')} else 'green' end`,
    bindings: colours.flatMap(([, { bindings }]) => bindings)
  }
}
