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
  const rows = await openItems(db, remit)
    .select('item.department', 'item.slug', 'item.division', 'application.channel', db.raw(`${COLOUR} as colour`, colourBindings(days)))
    .count('* as count')
    .groupBy('item.department', 'item.slug', 'item.division', 'application.channel', 'colour')
  return rows.map(row => ({ ...row, count: Number(row.count) }) as unknown as SlaCount)
}

/** Open items, the most urgent first, by keyset on (due date, id); what stands still comes last. */
export async function listOpenItems(
  db: Knex, remit: Remit, days: SlaDays, filter: SlaFilter, page: { after: { key: string; id: string } | null; limit: number }
): Promise<OpenItemRow[]> {
  const due = db.raw(`case when ${STOPPED} then ? else item.promised_due end`, [NEVER_DUE])
  const query = atCut(openItems(db, remit), filter)
  if (filter.colour !== undefined) query.whereRaw(`${COLOUR} = ?`, [...colourBindings(days), filter.colour])
  if (page.after) {
    const { key: day, id } = page.after
    query.andWhere(later => later.whereRaw('? > ?', [due, day]).orWhere(same => same.whereRaw('? = ?', [due, day]).andWhere('item.id', '>', id)))
  }
  return await query.select(
    'item.id', 'item.application_id', 'application.number', 'application.channel', 'item.slug', 'item.department', 'item.division',
    'item.status', 'item.promised_due', 'item.red_due', 'item.is_provisional', 'item.has_incident', 'item.created_at',
    db.raw(`${COLOUR} as colour`, colourBindings(days))
  ).orderBy([{ column: due as unknown as string }, { column: 'item.id' }]).limit(page.limit) as unknown as OpenItemRow[]
}

/** Narrows a query on item joined with application to a cut. */
export function atCut(query: Knex.QueryBuilder, { department, slug, division, channel }: Cut): Knex.QueryBuilder {
  if (department !== undefined) query.where('item.department', department)
  if (slug !== undefined) query.where('item.slug', slug)
  if (division !== undefined) query.whereLike('item.division', `${division}%`)
  if (channel !== undefined) query.where('application.channel', channel)
  return query
}

function openItems(db: Knex, remit: Remit): Knex.QueryBuilder {
  return atRemit(db('item').join('application', 'application.id', 'item.application_id'), remit, 'item')
    .whereNull('item.decided_at').whereIn('item.status', OPEN)
}

/** Waits for a correction, has no date yet, or stands still by a 特别程序, for another department, by an outage. */
const STOPPED = `(item.status = 'correcting' or item.promised_due is null or exists (
  select 1 from clock_interval where clock_interval.subject_id = item.id and kind in ('special', 'waiting', 'outage') and ended_on is null))`
const COLOUR = `case
  when ${STOPPED} then 'stopped'
  when item.red_due < ? then 'red'
  when item.promised_due < ? then 'yellow'
  when item.promised_due = ? and item.deadline_kind = 'immediate' then ?
  when item.promised_due < ? and item.deadline_kind <> 'immediate' then 'warn'
  else 'green' end`

function colourBindings({ today, warnBefore, isLate }: SlaDays): string[] {
  return [today, today, today, isLate ? 'warn' : 'green', warnBefore]
}
