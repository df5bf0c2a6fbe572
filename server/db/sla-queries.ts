import type { Knex } from 'knex'
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

/** What nobody has decided yet, of a remit. */
export function openItems(db: Knex, remit: Remit): Knex.QueryBuilder {
  return atRemit(db('item'), remit, 'item').whereNull('item.decided_at').whereIn('item.status', OPEN)
}

/** A stretch of `clock_interval` by which its subject stands still: a 特别程序, a wait for another department, an outage. */
export const STANDING = "kind in ('special', 'waiting', 'outage') and ended_on is null"
/** Waits for a correction, or has no date yet. */
export const UNDATED = "item.status = 'correcting' or item.promised_due is null"
const STOPPED = `(${UNDATED} or exists (select 1 from clock_interval where clock_interval.subject_id = item.id and ${STANDING}))`

/** A condition on a table that is, or is called, `item`. */
interface Condition {
  readonly sql: string
  readonly bindings: readonly string[]
}

/** What makes the colour of an item that no interval stops; of all these at most one holds, and of a green one none. */
export function datedColours({ today, warnBefore, isLate }: SlaDays): Readonly<Record<'red' | 'yellow' | 'warn', Condition>> {
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
