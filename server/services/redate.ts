import type { Knex } from 'knex'
import type { Deadline, LegalClock } from '../../core/legal-clock.ts'
import type { ServerContext } from '../context.ts'
import { appendAudit } from '../db/audit.ts'
import { findIntervals } from '../db/clock-intervals.ts'
import { findRowsOfItem } from '../db/item-rows.ts'
import type { Item } from '../db/items.ts'
import { findItem, updateItem } from '../db/items.ts'
import { addToOutbox } from '../db/outbox.ts'
import { dateOpenReviews } from '../db/work-items.ts'
import { beganAt, clockFrom, dateColumns, datesTold, promisedTo } from './legal-dates.ts'
import { deadlineOf } from './policy/deadlines.ts'
import type { Subject } from './subjects.ts'
import { lockSubject } from './subjects.ts'

export interface Redating {
  /** What moved the clock: a published year or a declared outage. */
  readonly cause: 'calendar' | 'outage'
  readonly causeId: string
  /** Changes the intervals of the item, and of its rows, first; whoever gives it wants the timers set whatever comes out. */
  readonly change?: (trx: Knex, subjectIds: readonly string[], acceptedOn: string) => Promise<void>
}

interface Dated {
  readonly subjectId: string
  readonly clock: LegalClock
}

/**
 * Reckons the dates of an open item anew, as its promise was made, and moves the engine's timers and its desk's date along. Its
 * promise stays; so does what has fired. Safe to repeat. Answers whether a date changed.
 */
export async function redateItem(ctx: ServerContext, itemId: string, redating: Redating): Promise<boolean> {
  const seen = await findItem(ctx.db, itemId)
  const region = seen && ctx.regions.get(seen.region)
  const hasRows = region?.matters.some(({ slug, hasRows: rows }) => slug === seen!.slug && rows) ?? false
  const channel = seen && (await ctx.db('application').where({ id: seen.application_id }).first('channel') as { channel: string }).channel
  // A row's promise is the table's; an item's was kept.
  const rowDeadline = hasRows ? await deadlineOf(ctx, region!, channel!, seen!.slug) : null
  return ctx.db.transaction(async trx => {
    const subject = await lockSubject(trx, itemId)
    const { item, application } = subject
    if (!item || item.outcome !== null || application.accepted_on === null || item.promised_due === null && item.status === 'waiting') return false
    const rows = rowDeadline ? (await findRowsOfItem(trx, item.id)).filter(({ status }) => status === 'reviewing') : []
    await redating.change?.(trx, [item.id, ...rows.map(({ id }) => id)], application.accepted_on)
    const dated = rowDeadline
      ? await Promise.all(rows.map(({ id }) => dateRow(trx, ctx, item, id, rowDeadline)))
      : [await dateWhole(trx, ctx, subject, item)]
    return store(trx, ctx, { item, dated, deadline: rowDeadline ?? promisedIn(ctx, subject, item), redating })
  })
}

async function dateWhole(trx: Knex, ctx: ServerContext, subject: Subject, item: Item): Promise<Dated> {
  const { application } = subject
  const intervals = await findIntervals(trx, item.id)
  const start = beganAt(intervals, application.accepted_at, application.accepted_on)
  const place = { region: ctx.regions.get(item.region), calendar: ctx.calendar, division: item.division }
  return { subjectId: item.id, clock: clockFrom(place, promisedIn(ctx, subject, item), start, intervals) }
}

async function dateRow(trx: Knex, ctx: ServerContext, item: Item, rowId: string, deadline: Deadline): Promise<Dated> {
  const intervals = await findIntervals(trx, rowId)
  const place = { region: ctx.regions.get(item.region), calendar: ctx.calendar, division: item.division }
  return { subjectId: rowId, clock: clockFrom(place, deadline, beganAt(intervals, null, null), intervals) }
}

const promisedIn = ({ calendar }: ServerContext, { application }: Subject, item: Item): Deadline =>
  promisedTo(calendar, item, application.accepted_on!, [])

interface Outcome {
  readonly item: Item
  readonly dated: readonly Dated[]
  readonly deadline: Deadline
  readonly redating: Redating
}

async function store(trx: Knex, ctx: ServerContext, { item, dated, deadline, redating }: Outcome): Promise<boolean> {
  // A declaration is due with the last of its rows; while a clock stands nobody knows the day, and the last one known stays.
  const last = dated.map(({ clock }) => clock).sort((one, other) => ((one.promisedDueDate ?? '9') < (other.promisedDueDate ?? '9') ? -1 : 1)).at(-1)
  const columns = last && last.promisedDueDate !== null ? dateColumns(deadline, last) : {}
  const isMoved = (['promised_due', 'statutory_due', 'red_due'] as const).some(name => name in columns && columns[name] !== item[name])
  if (isMoved || 'is_provisional' in columns && columns.is_provisional !== item.is_provisional) await updateItem(trx, item.id, columns, ctx.clock.now())
  if (isMoved || redating.change) {
    for (const { subjectId, clock: { warnAt, promisedAt, redAt } } of dated) {
      await addToOutbox(trx, { kind: 'set-clock-timers', aggregateId: subjectId, payload: { warnAt, promisedAt, redAt } }, ctx.clock.realNow())
      await dateOpenReviews(trx, subjectId, promisedAt, ctx.clock.now())
    }
  }
  if (isMoved) {
    await appendAudit(trx, {
      chain: item.application_id, type: 'clock-redated', actor: { role: 'system', id: 'legal-clock' }, itemId: item.id, at: ctx.clock.now(),
      data: {
        cause: redating.cause, causeId: redating.causeId, promisedBefore: item.promised_due,
        promisedDue: last!.promisedDueDate, dates: datesTold(last!)
      }
    })
  }
  return isMoved
}
