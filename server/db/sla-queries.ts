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
  const cuts = ['department', 'slug', 'division', 'channel']
  // Counted by the columns of an index first, in its order, so that nothing is sorted and few colours have to be told.
  const dated = [...cuts, 'deadline_kind', 'status', 'promised_due', 'red_due'].map(name => `item.${name}`)
  const running = db.raw(`${RUNNING_COLOUR} as colour`, colourBindings(days))
  const counted = openItems(db, remit).select(dated).count('* as n').groupBy(dated)
  const standing = openItems(db, remit).whereRaw(`not (${UNDATED})`).whereIn('item.id', standingSubjects(db))
    .select([...cuts.map(name => `item.${name}`), running])
  const rows = await db.with('counted', counted).with('standing', standing)
    .from(db('counted as item').select([...cuts, running, 'n']).unionAll([
      db('standing').select([...cuts, db.raw("'stopped' as colour"), db.raw('1 as n')]),
      db('standing').select([...cuts, 'colour', db.raw('-1 as n')])
    ]).as('told'))
    .select([...cuts, 'colour']).sum('n as count').groupBy([...cuts, 'colour'])
  return rows.map(row => ({ ...row, count: Number(row.count) }) as unknown as SlaCount).filter(({ count }) => count > 0)
}

/** Open items, the most urgent first, by keyset on (due date, id); what stands still comes last. */
export async function listOpenItems(
  db: Knex, remit: Remit, days: SlaDays, filter: SlaFilter, page: { after: { key: string; id: string } | null; limit: number }
): Promise<OpenItemRow[]> {
  const { colour } = filter
  const [day, id] = [page.after?.key ?? '', page.after?.id ?? '']
  const list = (isStopped: boolean): Knex.QueryBuilder => atCut(openItems(db, remit), filter).whereRaw(isStopped ? STOPPED : `not (${STOPPED})`)
    .join('application', 'application.id', 'item.application_id').select(
      'item.id', 'item.application_id', 'application.number', 'item.channel', 'item.slug', 'item.department', 'item.division',
      'item.status', 'item.promised_due', 'item.red_due', 'item.is_provisional', 'item.has_incident', 'item.created_at',
      isStopped ? db.raw("'stopped' as colour") : db.raw(`${RUNNING_COLOUR} as colour`, colourBindings(days))
    )
  const running = list(false).whereRaw('(item.promised_due, item.id) > (?, ?)', [day, id])
    .orderBy([{ column: 'item.promised_due' }, { column: 'item.id' }]).limit(page.limit)
  if (colour !== undefined) running.whereRaw(`${RUNNING_COLOUR} = ?`, [...colourBindings(days), colour])
  if (colour === 'warn' || colour === 'green') running.where('item.promised_due', '>=', days.today)
  const first = day === NEVER_DUE || colour === 'stopped' ? [] : await running as OpenItemRow[]
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
/** The colour of an item that no interval stops. */
const RUNNING_COLOUR = `case
  when ${UNDATED} then 'stopped'
  when item.red_due < ? then 'red'
  when item.promised_due < ? then 'yellow'
  when item.promised_due = ? and item.deadline_kind = 'immediate' then ?
  when item.promised_due < ? and item.deadline_kind <> 'immediate' then 'warn'
  else 'green' end`

function colourBindings({ today, warnBefore, isLate }: SlaDays): string[] {
  return [today, today, today, isLate ? 'warn' : 'green', warnBefore]
}
